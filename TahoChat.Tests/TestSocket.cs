using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TahoChat.Tests;

/// <summary>A client of <c>/ws/chat</c> that reads whole frames and waits with a deadline.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    private TestSocket() => _socket.Options.Proxy = null;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<TestSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new TestSocket();
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);
        await socket._socket.ConnectAsync(address, invoker, cancellationToken);
        return socket;
    }

    /// <summary>Sends an object as JSON, or a string as it is.</summary>
    public Task SendAsync(object frame, CancellationToken cancellationToken) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(frame as string ?? JsonSerializer.Serialize(frame)),
        WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    public Task SendBinaryAsync(byte[] bytes, CancellationToken cancellationToken) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    /// <summary>The next frame; null once the server closed.</summary>
    public async Task<JsonObject?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_deadline);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            text.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return JsonNode.Parse(text.ToArray())!.AsObject();
        }
    }

    /// <summary>Frames up to and with the first that fits.</summary>
    public async Task<List<JsonObject>> ReceiveUntilAsync(Func<JsonObject, bool> fits, CancellationToken cancellationToken)
    {
        var frames = new List<JsonObject>();
        while (await ReceiveAsync(cancellationToken) is { } frame)
        {
            frames.Add(frame);
            if (fits(frame)) return frames;
        }

        throw new InvalidOperationException($"The server closed after {frames.Count} frames: {string.Join(' ', frames.TakeLast(3))}");
    }

    /// <summary>Frames up to and with the end of a reply or a refusal.</summary>
    public Task<List<JsonObject>> ReceiveTurnAsync(CancellationToken cancellationToken) =>
        ReceiveUntilAsync(frame => frame.Text("status") is "complete" or "error", cancellationToken);

    /// <summary>The first frame that fits; those before it are passed over.</summary>
    public async Task<JsonObject> ReceiveFirstAsync(Func<JsonObject, bool> fits, CancellationToken cancellationToken) =>
        (await ReceiveUntilAsync(fits, cancellationToken))[^1];

    public Task CloseAsync(CancellationToken cancellationToken) =>
        _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);

    /// <summary>Goes without a word, as a lost network does.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal static class Frames
{
    public static string? Text(this JsonObject? frame, string name) => (string?)frame?[name];

    public static long Number(this JsonObject? frame, string name) => (long)frame![name]!;

    /// <summary>The content that streaming frames carry, put where their offsets say.</summary>
    public static string Content(this IEnumerable<JsonObject> frames, string before = "") =>
        frames.Where(frame => frame.Text("status") == "streaming").Aggregate(before, (text, frame) =>
        {
            Assert.Equal(text.Length, (int)frame.Number("offset"));
            return text + frame.Text("text");
        });
}
