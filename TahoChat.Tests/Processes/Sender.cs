using System.Net.WebSockets;

namespace TahoChat.Tests.Processes;

/// <summary>A client that sends one message after another and remembers, outside of the server, which ones were acknowledged. What
/// was not it sends again, under the same id, to the next server.</summary>
internal sealed class Sender
{
    // Long conversations make long histories; these are about the sends.
    private const int MessagesOfAConversation = 20;

    private readonly Dictionary<string, string> _acknowledged = [];
    private long? _conversation;
    private int _sent;
    private (string Id, string Text)? _pending;

    /// <summary>The texts by their ids.</summary>
    public IReadOnlyDictionary<string, string> Acknowledged => _acknowledged;

    /// <summary>How many sends were acknowledged; may be read from elsewhere.</summary>
    public int Count => Volatile.Read(ref _sent);

    /// <summary>Sends until the server dies.</summary>
    public async Task RunAsync(ApiProcess api, CancellationToken cancellationToken)
    {
        try
        {
            await using var socket = await api.ConnectAsync(cancellationToken);
            while (true) await SendAsync(socket, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or HttpRequestException or ServerClosedException)
        {
            // It is dead; what was not acknowledged waits for the next one.
        }
    }

    private async Task SendAsync(TestSocket socket, CancellationToken cancellationToken)
    {
        if (_sent % MessagesOfAConversation == 0 && _pending is null) _conversation = null;
        var id = Guid.NewGuid().ToString();
        var (pendingId, text) = _pending ??= (id, $"[emulator echo=\"{id}\" first=0 speed=0 reasoning=0] {id}");
        object frame = _conversation is { } conversation
            ? new { message = text, client_message_id = pendingId, conversation_id = conversation }
            : new { message = text, client_message_id = pendingId };
        await socket.SendAsync(frame, cancellationToken);
        var acknowledged = false;
        while (true)
        {
            var answer = await socket.ReceiveAsync(cancellationToken) ?? throw new ServerClosedException();
            if (answer.ContainsKey("user_message_id"))
            {
                (_conversation, acknowledged) = (answer.Number("conversation_id"), true);
                _acknowledged.Add(pendingId, text);
                _pending = null;
                Interlocked.Increment(ref _sent);
            }
            else if (answer.Text("status") is "complete" or "error")
            {
                Assert.True(acknowledged, $"A send was refused: {answer}");
                return;
            }
        }
    }

    private sealed class ServerClosedException : Exception;
}
