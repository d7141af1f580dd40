using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Promises;

/// <summary>A socket that is read all the time, and that tells a command's first answer by its <c>client_message_id</c>.
/// It ends by itself when the connection does.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _asked = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _sender = new(1);
    private readonly TestSocket _socket;
    private readonly Action<JsonObject>? _saw;
    private readonly Task _reading;

    private Wire(TestSocket socket, Action<JsonObject>? saw)
    {
        (_socket, _saw) = (socket, saw);
        _reading = ReadAsync();
    }

    public bool IsOver => _reading.IsCompleted;

    /// <exception cref="WebSocketException">There is nobody.</exception>
    public static async Task<Wire> ConnectAsync(Uri address, CancellationToken cancellationToken, Action<JsonObject>? saw = null) =>
        new(await TestSocket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/ws/chat" }.Uri, cancellationToken), saw);

    /// <summary>False where the connection is gone.</summary>
    public async Task<bool> SendAsync(JsonObject frame, CancellationToken cancellationToken)
    {
        await _sender.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(frame.ToJsonString(), cancellationToken);
            return true;
        }
        catch (Exception exception) when (IsGone(exception) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _sender.Release();
        }
    }

    /// <summary>The acknowledgement or the refusal; null where the connection went first.</summary>
    public async Task<JsonObject?> AskAsync(JsonObject frame, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer = _asked.GetOrAdd(frame.Text("client_message_id")!, answer);
        if (!await SendAsync(frame, cancellationToken)) return null;
        await Task.WhenAny(answer.Task, _reading).WaitAsync(cancellationToken);
        return answer.Task.IsCompletedSuccessfully ? await answer.Task : null;
    }

    /// <summary>Goes without a word.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _reading;
        await _socket.DisposeAsync();
        // The sender is not disposed of: who sends at this moment gives it back after us.
        _ended.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_ended.Token) is { } frame)
            {
                _saw?.Invoke(frame);
                if (frame.Text("client_message_id") is { } id && _asked.TryGetValue(id, out var answer)) answer.TrySetResult(frame);
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // The connection is gone: who waits for an answer has to ask on another one.
        }
    }

    private static bool IsGone(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
