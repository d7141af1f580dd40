using System.Buffers;
using System.Net.WebSockets;
using System.Text.Unicode;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>What came in on a socket.</summary>
internal enum Received
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A binary message: none is read.</summary>
    Binary,

    /// <summary>More than a frame may have.</summary>
    TooLong,

    /// <summary>A text that ends inside a character.</summary>
    NoText,

    /// <summary>The peer said goodbye.</summary>
    Close,

    /// <summary>The peer is gone, or broke the protocol.</summary>
    Gone,
}

/// <summary>Reads a WebSocket's messages, bounded in their size and in the time from their first byte to their last.</summary>
internal sealed class ChatReceiver(WebSocket socket, Limits limits, TimeProvider time)
{
    /// <summary>Most messages fit; a peer that says a byte and then nothing costs no more.</summary>
    private const int FirstBuffer = 4 * 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = [];

    /// <summary>Ends with the last receive there will be.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The peer broke the protocol, and the WebSocket told it so itself, with 1002 or 1007.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The next message; a text is in <paramref name="frame"/> until the next call. <paramref name="tooSlow"/> is
    /// called where it is not whole in time. Takes no token: a cancelled receive aborts the socket.</summary>
    public async Task<Received> ReceiveAsync(Action<ReadOnlyMemory<byte>> frame, Action tooSlow)
    {
        var received = Received.Gone;
        try
        {
            // An idle socket holds no buffer: wait with an empty read, then rent.
            var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            using var limit = time.CreateTimer(_ => tooSlow(), null, limits.SlowFrame, Timeout.InfiniteTimeSpan);
            received = await ReadMessageAsync(first, frame);
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.Faulted)
        {
            IsBroken = true;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer is gone.
        }
        finally
        {
            Resize(0);
            if (received is Received.Close or Received.Gone) _ended.TrySetResult();
        }

        return received;
    }

    private async Task<Received> ReadMessageAsync(ValueWebSocketReceiveResult received, Action<ReadOnlyMemory<byte>> frame)
    {
        var length = 0;
        while (true)
        {
            if (received.MessageType == WebSocketMessageType.Close) return Received.Close;
            if (received.MessageType == WebSocketMessageType.Binary) return Received.Binary;
            length += received.Count;
            if (length > Limits.Frame) return Received.TooLong;
            if (received.EndOfMessage) break;
            if (length == _buffer.Length) Resize(Math.Max(FirstBuffer, length * 2));
            // No further than the cap: the WebSocket returns when the room that it is given is full.
            var room = _buffer.AsMemory(length, Math.Min(_buffer.Length, Limits.Frame + 1) - length);
            received = await socket.ReceiveAsync(room, CancellationToken.None);
        }

        // The WebSocket looks at every frame, but does not see that an empty last one leaves a character unfinished.
        if (!Utf8.IsValid(_buffer.AsSpan(0, length))) return Received.NoText;
        frame(_buffer.AsMemory(0, length));
        return Received.Text;
    }

    /// <summary>Rents room for so many bytes, or for none, and keeps those that came.</summary>
    private void Resize(int size)
    {
        var before = _buffer;
        _buffer = size == 0 ? [] : ArrayPool<byte>.Shared.Rent(Math.Min(size, Limits.Frame + 1));
        before.AsSpan(0, Math.Min(before.Length, _buffer.Length)).CopyTo(_buffer);
        if (before.Length > 0) ArrayPool<byte>.Shared.Return(before);
    }
}
