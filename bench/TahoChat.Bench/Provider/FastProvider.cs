using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TahoChat.Bench.Provider;

/// <summary>A stand-in for Groq on bare sockets, which writes many thousand chunks a second on part of a core: a provider that costs much would
/// be what is measured.</summary>
internal static class FastProvider
{
    private const int LongestRequest = 64 * 1024 * 1024;
    private const int ShortReply = 100;

    private static ReadOnlySpan<byte> ContentLength => "\r\ncontent-length:"u8;

    /// <summary>Listens on a port of 127.0.0.1 until it is cancelled.</summary>
    public static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(4096);
        var pacer = new Pacer();
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptAsync(cancellationToken), pacer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task ServeAsync(Socket socket, Pacer pacer, CancellationToken cancellationToken)
    {
        using (socket)
        {
            socket.NoDelay = true;
            socket.Blocking = false;
            var buffer = new byte[4096];
            var length = 0;
            try
            {
                while (true)
                {
                    var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
                    var whole = head < 0 ? int.MaxValue : head + 4 + BodyLength(buffer.AsSpan(0, head));
                    if (length < whole)
                    {
                        if (length == buffer.Length) Array.Resize(ref buffer, length < LongestRequest ? length * 2 : throw new InvalidDataException("The request is too long."));
                        var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                        if (read == 0) return;
                        length += read;
                        continue;
                    }

                    if (!await AnswerAsync(socket, buffer.AsMemory(0, whole), pacer, cancellationToken)) return;
                    buffer.AsSpan(whole, length - whole).CopyTo(buffer);
                    length -= whole;
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Who asked has gone.
            }
        }
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at + ContentLength.Length < head.Length; at++)
        {
            var line = head.Slice(at, ContentLength.Length);
            if (!System.Text.Ascii.EqualsIgnoreCase(line, ContentLength)) continue;
            return Utf8Parser.TryParse(head[(at + ContentLength.Length)..].TrimStart((byte)' '), out int length, out _) ? length : throw new InvalidDataException("A length is no number.");
        }

        return 0;
    }

    private static async Task<bool> AnswerAsync(Socket socket, ReadOnlyMemory<byte> request, Pacer pacer, CancellationToken cancellationToken)
    {
        if (!IsStream(request.Span))
        {
            await socket.SendAsync(
                request.Span.StartsWith("GET /lateness"u8) ? FixedAnswers.Json(pacer.TakeLateness().ToString(CultureInfo.InvariantCulture))
                : request.Span.StartsWith("GET "u8) ? FixedAnswers.Models : FixedAnswers.Title,
                cancellationToken);
            return true;
        }

        var prompt = BenchPrompt.Find(request.Span);
        await socket.SendAsync(ChunkWriter.Head.ToArray(), cancellationToken);
        var reply = new ReplyWriter(socket, prompt);
        if (prompt.Rate > 0) pacer.Add(reply);
        // A thread for each short reply would take longer than the reply.
        else if (prompt.Chunks <= ShortReply) reply.WriteAll();
        else new Thread(reply.WriteAll) { IsBackground = true }.Start();
        return await reply.Ended;
    }

    private static bool IsStream(ReadOnlySpan<byte> request) =>
        request.IndexOf("\"stream\":true"u8) >= 0 || request.IndexOf("\"stream\": true"u8) >= 0;
}
