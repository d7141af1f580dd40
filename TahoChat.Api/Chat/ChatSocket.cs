using System.Net.WebSockets;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>A WebSocket as the chat uses it: one reader of bounded messages, one sender at a time, an end that cannot
/// hang.</summary>
internal sealed class ChatSocket(
    WebSocket socket, Limits limits, SocketCounts counts, TimeProvider time, CancellationToken peerGone) : IDisposable
{
    /// <summary>The most bytes of a WebSocket frame. A long message goes in pieces, so that a slow peer shows at each of
    /// them that it still reads.</summary>
    private const int Piece = 16 * 1024;

    /// <summary>"Try again later": not in the framework's enum.</summary>
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    /// <summary>How long the peer may take to say goodbye.</summary>
    private static readonly TimeSpan _closeLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long an end waits for what is still to be said.</summary>
    private static readonly TimeSpan _lastWordsLimit = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _sender = new(1);
    private readonly ChatReceiver _receiver = new(socket, limits, time);
    private bool _closing;

    /// <summary>Counts what this socket's session runs.</summary>
    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public SocketCounts Counts => counts;

    /// <summary>The next message; a text is in <paramref name="frame"/> until the next call. A message that takes too long
    /// closes the socket.</summary>
    public Task<Received> ReceiveAsync(Action<ReadOnlyMemory<byte>> frame) => _receiver.ReceiveAsync(frame, CloseTooSlow);

    /// <summary>Sends one event; returns false where the peer is gone or does not read.</summary>
    public async ValueTask<bool> SendAsync(ServerEvent frame, CancellationToken cancellationToken)
    {
        await _sender.WaitAsync(cancellationToken);
        try
        {
            // Written only now: of all the events that wait for a slow peer, one has bytes.
            return !_closing && socket.State is WebSocketState.Open or WebSocketState.CloseReceived && await WriteAsync(ChatFrames.Write(frame));
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

        if (_receiver.IsBroken) await LingerAsync();
        if (socket.State is not WebSocketState.Closed) socket.Abort();
    }

    public void Dispose() => _sender.Dispose();

    /// <summary>False where the peer took nothing for too long: it is then told so, as far as it lets itself be told.</summary>
    private async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> text)
    {
        while (true)
        {
            var length = Math.Min(Piece, text.Length);
            var isLast = length == text.Length;
            var sending = socket.SendAsync(text[..length], WebSocketMessageType.Text, isLast, CancellationToken.None);
            text = text[length..];
            if (!sending.IsCompletedSuccessfully)
            {
                var piece = sending.AsTask();
                try
                {
                    await piece.WaitAsync(limits.SlowReader, time, CancellationToken.None);
                }
                catch (TimeoutException)
                {
                    await GiveUpAsync(piece, text);
                    return false;
                }
            }

            if (isLast) return true;
        }
    }

    /// <summary>Sends are serialized, so a goodbye can only follow the one that hangs: nothing more is begun, that message
    /// is finished if the peer wakes up in time, and who does not take the goodbye either is cut off.</summary>
    private async Task GiveUpAsync(Task piece, ReadOnlyMemory<byte> rest)
    {
        _closing = true;
        using var limit = new CancellationTokenSource(limits.SlowGoodbye, time);
        try
        {
            await piece.WaitAsync(limit.Token);
            if (rest.Length > 0) await socket.SendAsync(rest, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
            await socket.CloseOutputAsync(TryAgainLater, "What was sent was not read.", limit.Token);
            await _receiver.Ended.WaitAsync(_closeLimit, time, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            // It does not wake up.
        }

        if (socket.State is not WebSocketState.Closed) socket.Abort();
    }

    private void CloseTooSlow() =>
        _ = CloseAsync(WebSocketCloseStatus.PolicyViolation, "A message took too long to arrive.", _receiver.Ended);

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
}
