using System.Buffers;
using System.Net.WebSockets;

namespace TahoChat.Bench.Relay;

/// <summary>A client's socket: a message comes, the provider's chunks go back as they come.</summary>
internal sealed class ChatSocket(WebSocket socket, Provider provider, CancellationTokenSource end)
{
    private const int MaxMessage = 1 << 20;

    private static readonly byte[] _complete = """{"status":"complete"}"""u8.ToArray();
    private static readonly byte[] _failed = """{"status":"error","error":"The provider failed."}"""u8.ToArray();
    private static readonly byte[] _noMessage = """{"status":"error","error":"There is no message."}"""u8.ToArray();

    /// <summary>The next message is awaited while one is answered, so that a client that leaves ends its answer.</summary>
    public async Task RunAsync()
    {
        try
        {
            var next = ReceiveAsync();
            while (await next is { } message)
            {
                next = ReceiveAsync();
                await AnswerAsync(message);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }

    /// <returns>Null when there is no further one.</returns>
    private async Task<byte[]?> ReceiveAsync()
    {
        var buffer = new byte[4096];
        for (var length = 0; length < MaxMessage;)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), end.Token);
            if (received.MessageType == WebSocketMessageType.Close) break;
            length += received.Count;
            if (received.EndOfMessage) return buffer[..length];
        }

        await end.CancelAsync();
        return null;
    }

    private async Task AnswerAsync(byte[] message)
    {
        if (!JsonText.TryFind(message, "\"message\""u8, out var text))
        {
            await SendAsync(_noMessage);
            return;
        }

        var complete = false;
        try
        {
            using var response = await provider.AskAsync(message.AsMemory(text), end.Token);
            await using var events = await response.Content.ReadAsStreamAsync(end.Token);
            complete = await RelayAsync(events);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The client is told below.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await SendAsync(complete ? _complete : _failed);
    }

    /// <returns>Whether the stream came to its proper end.</returns>
    private async Task<bool> RelayAsync(Stream events)
    {
        var buffer = new byte[16 * 1024];
        var frame = new ArrayBufferWriter<byte>(512);
        var (filled, done) = (0, false);
        while (await events.ReadAsync(buffer.AsMemory(filled), end.Token) is > 0 and var read)
        {
            filled += read;
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                var line = buffer.AsMemory(start, length);
                start += length + 1;
                if (line.Span.StartsWith("data: [DONE]"u8)) done = true;
                if (!TryWrite(frame, line.Span)) continue;
                await SendAsync(frame.WrittenMemory);
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * filled);
        }

        return done;
    }

    /// <returns>False for a line without text.</returns>
    private static bool TryWrite(ArrayBufferWriter<byte> frame, ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("data:"u8) || !JsonText.TryFind(line, "\"content\""u8, out var text) || line[text].IsEmpty) return false;
        frame.ResetWrittenCount();
        frame.Write("{\"status\":\"streaming\",\"text\":\""u8);
        frame.Write(line[text]);
        frame.Write("\"}"u8);
        return true;
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, end.Token);
}
