using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Chat;

/// <summary>One socket's life: reads commands, has them done, and lets replies and watches send. It owns none of the
/// replies: they go on when it ends.</summary>
internal sealed partial class ChatSession(
    ChatSocket socket,
    ChatIdentity identity,
    GenerationHub hub,
    QueueKeeper queue,
    ToolApprovals approvals,
    ConversationWriter conversations,
    ChangeFeed feed,
    ListChanges lists,
    IDbContextFactory<ChatDbContext> contexts,
    ILogger<ChatSession> logger)
    : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<long, Watch> _watches = new();
    private readonly ReplyPumps _pumps = new(socket);
    private int _badFrames;

    /// <summary>Runs until the peer leaves, breaks the protocol, or <paramref name="serverEnds"/>.</summary>
    public async Task RunAsync(CancellationToken serverEnds)
    {
        var reading = ReadAsync();
        await using var goodbye = serverEnds.Register(() => _ = socket.CloseAfterAsync(
            _pumps.Completion, WebSocketCloseStatus.EndpointUnavailable, "The server is shutting down.", reading));
        var (status, reason) = await reading;
        await socket.CloseAsync(status, reason, reader: null);
        await _ended.CancelAsync();
        await Task.WhenAll(_watches.Values.Select(watch => watch.Run));
        await _pumps.EndAsync();
    }

    public void Dispose()
    {
        foreach (var watch in _watches.Values) watch.Dispose();
        _pumps.Dispose();
        _ended.Dispose();
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> ReadAsync()
    {
        while (true)
        {
            Command? command = null;
            switch (await socket.ReceiveAsync(frame => command = ChatFrames.Read(frame.Span)))
            {
                case Received.Binary:
                    return (WebSocketCloseStatus.InvalidMessageType, "Frames are JSON texts.");
                case Received.TooLong:
                    return (WebSocketCloseStatus.MessageTooBig, "A frame has at most 64 KiB.");
                case Received.NoText:
                    return (WebSocketCloseStatus.InvalidPayloadData, "A text is UTF-8.");
                case Received.Close or Received.Gone:
                    return (WebSocketCloseStatus.NormalClosure, "");
            }

            if (command is not null) await DoSafelyAsync(command, _ended.Token);
            else if (!await RefuseFrameAsync(_ended.Token)) return (WebSocketCloseStatus.PolicyViolation, "Too many frames that are no commands.");
        }
    }

    /// <summary>False where that was the last one allowed.</summary>
    private async Task<bool> RefuseFrameAsync(CancellationToken cancellationToken)
    {
        await socket.SendAsync(
            ErrorEvent.From(new ChatError("invalid_frame", "Invalid message format"), null), cancellationToken);
        return ++_badFrames < Limits.BadFrames;
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Error, "{Command} broke on a fault of ours")]
        public static partial void CommandBroke(ILogger logger, string command, Exception exception);
    }
}
