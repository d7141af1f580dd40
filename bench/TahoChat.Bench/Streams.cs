using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TahoChat.Bench;

/// <summary>Sockets on each of which a reply grows that counts 1, 2, 3 … a number a chunk, for as long as it is let.</summary>
internal sealed class Streams : IAsyncDisposable
{
    private readonly ClientWebSocket[] _sockets;
    private readonly Task[] _readers;
    private readonly CancellationTokenSource _end = new();
    private long _chunks;

    private Streams(int count)
    {
        _sockets = [.. Enumerable.Range(0, count).Select(_ => new ClientWebSocket())];
        _readers = new Task[count];
    }

    /// <summary>Chunks that arrived, however many of them a frame held.</summary>
    public long Chunks => Interlocked.Read(ref _chunks);

    /// <summary>How many replies still grow.</summary>
    public int Growing => _readers.Count(reader => !reader.IsCompleted);

    public static async Task<Streams> StartAsync(Uri api, int count, int rate, CancellationToken cancellationToken)
    {
        var streams = new Streams(count);
        var prompt = JsonSerializer.SerializeToUtf8Bytes(new { message = $"[emulator reply=count:20000 speed={rate} first=0 reasoning=0]" });
        var address = new UriBuilder(api) { Scheme = "ws", Path = "/ws/chat" }.Uri;
        for (var i = 0; i < count; i++)
        {
            await streams._sockets[i].ConnectAsync(address, cancellationToken);
            await streams._sockets[i].SendAsync(prompt, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            streams._readers[i] = streams.ReadAsync(streams._sockets[i]);
        }

        return streams;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_readers);
        foreach (var socket in _sockets) socket.Dispose();
        _end.Dispose();
    }

    // The numbers are apart by spaces, and nothing else of a frame has one.
    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                if (part.MessageType == WebSocketMessageType.Close) return;
                var frame = buffer.AsSpan(0, part.Count);
                if (frame.IndexOf("\"status\":\"error\""u8) >= 0) throw new InvalidOperationException(Encoding.UTF8.GetString(frame));
                Interlocked.Add(ref _chunks, frame.Count((byte)' '));
            }
        }
        catch (Exception exception) when (_end.IsCancellationRequested && exception is OperationCanceledException or WebSocketException)
        {
            // The measurement is over.
        }
    }
}
