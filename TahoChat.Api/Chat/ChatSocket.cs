using System.Buffers;
using System.Net.WebSockets;
using TahoChat.Api.Chat.Protocol;
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

    /// <summary>The peer said goodbye.</summary>
    Close,

    /// <summary>The peer is gone, or broke the protocol.</summary>
    Gone,
}

/// <summary>A WebSocket as the chat uses it: one reader of bounded messages, one sender at a time, an end that cannot
/// hang.</summary>
internal sealed class ChatSocket(WebSocket socket, TimeProvider time, CancellationToken peerGone) : IDisposable
{
    /// <summary>A reader that takes nothing for this long is given up.</summary>
    private static readonly TimeSpan _sendLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long the peer may take to say goodbye.</summary>
    private static readonly TimeSpan _closeLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long an end waits for what is still to be said.</summary>
    private static readonly TimeSpan _lastWordsLimit = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _sender = new(1);
    private byte[]? _buffer;
    private bool _closing;
    private bool _broken;

    /// <summary>The next message; a text is in <paramref name="frame"/> until the next call. Takes no token: a cancelled
    /// receive aborts the socket; <see cref="CloseAsync"/> ends it.</summary>
    public async Task<Received> ReceiveAsync(Action<ReadOnlyMemory<byte>> frame)
    {
        try
        {
            // An idle socket holds no buffer: wait with an empty read, then rent.
            var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            _buffer = ArrayPool<byte>.Shared.Rent(Limits.Frame + 1);
            return await ReadMessageAsync(first, frame);
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.Faulted)
        {
            // The peer broke the protocol, and the WebSocket told it so itself, with 1002 or 1007.
            _broken = true;
            return Received.Gone;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return Received.Gone;
        }
        finally
        {
            if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    /// <summary>Sends one event; returns false where the peer is gone or does not read.</summary>
    public async ValueTask<bool> SendAsync(ServerEvent frame, CancellationToken cancellationToken)
    {
        var bytes = ChatFrames.Write(frame);
        await _sender.WaitAsync(cancellationToken);
        try
        {
            if (_closing || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return false;
            var sending = socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (!sending.IsCompletedSuccessfully) await sending.AsTask().WaitAsync(_sendLimit, time, CancellationToken.None);
            return true;
        }
        catch (TimeoutException)
        {
            socket.Abort();
            return false;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            _sender.Release();
        }
    }

    /// <summary>As <see cref="CloseAsync"/>, once <paramref name="lastWords"/> are sent or have taken too long.</summary>
    public async Task CloseAfterAsync(Task lastWords, WebSocketCloseStatus status, string reason, Task reader)
    {
        await Task.WhenAny(lastWords, Task.Delay(_lastWordsLimit, time));
        await CloseAsync(status, reason, reader);
    }

    /// <summary>Says goodbye once, waits a little for the answer, then hangs up. The answer is taken by
    /// <paramref name="reader"/> where somebody still reads, else here.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason, Task? reader)
    {
        using var limit = new CancellationTokenSource(_closeLimit, time);
        try
        {
            await _sender.WaitAsync(limit.Token);
            try
            {
                if (_closing) return;
                _closing = true;
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(status, reason, limit.Token);
            }
            finally
            {
                _sender.Release();
            }

            await (reader ?? DrainAsync(limit.Token)).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer does not answer: the abort below is all that is left.
        }

        if (_broken) await LingerAsync();
        if (socket.State is not WebSocketState.Closed) socket.Abort();
    }

    public void Dispose() => _sender.Dispose();

    /// <summary>Hanging up on unread bytes would reset the connection, and the peer might never see why.</summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var waste = new byte[4096];
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            await socket.ReceiveAsync(waste.AsMemory(), cancellationToken);
    }

    /// <summary>A broken WebSocket takes the connection with it, by abort or by dispose, and that would overtake the close
    /// frame that says why.</summary>
    private async Task LingerAsync()
    {
        try
        {
            await Task.Delay(_closeLimit, time, peerGone);
        }
        catch (OperationCanceledException)
        {
            // The peer read it and hung up.
        }
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
            received = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
        }

        frame(_buffer.AsMemory(0, length));
        return Received.Text;
    }
}
