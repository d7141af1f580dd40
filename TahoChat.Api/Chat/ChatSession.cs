using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Chat;

/// <summary>One socket's life: reads commands, has them done, and lets replies and watches send. It owns none of the
/// replies: they go on when it ends.</summary>
internal sealed partial class ChatSession(
    ChatSocket socket,
    ChatIdentity identity,
    GenerationHub hub,
    QueueKeeper queue,
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

    /// <summary>A fault of ours ends the command, not the socket.</summary>
    private async Task DoSafelyAsync(Command command, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(command, cancellationToken);
        }
        catch (DatabaseException exception)
        {
            await socket.SendAsync(
                ErrorEvent.From(new ChatError(exception.Code, exception.Message, Retryable: true, TimeSpan.FromSeconds(1)), null), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.CommandBroke(logger, command.GetType().Name, exception);
            await socket.SendAsync(ErrorEvent.From(
                new ChatError("internal", "Something went wrong on the server.", Retryable: true), null), cancellationToken);
        }
    }

    private Task DoAsync(Command command, CancellationToken cancellationToken)
    {
        _pumps.WithReasoning |= command is not SendCommand { Frame.IsClassic: true };
        return command switch
        {
            SendCommand send => SendAsync(send.Frame, cancellationToken),
            WatchCommand watch => WatchAsync(watch, cancellationToken),
            UnwatchCommand unwatch => UnwatchAsync(unwatch.ConversationId),
            StopCommand stop => StopAsync(stop, cancellationToken),
            EditCommand edit => BeginAsync(
                new EditRequest(identity.OwnerId, identity.Client, edit.MessageId, edit.Frame.Message ?? ""), edit.Frame, cancellationToken),
            ReplyCommand reply => BeginAsync(
                new ReplyRequest(identity.OwnerId, identity.Client, reply.MessageId, reply.Continues), reply.Frame, cancellationToken),
            SelectCommand select => DoneAsync(SelectAsync(select, cancellationToken), select.ConversationId, cancellationToken),
            RemoveCommand remove => DoneAsync(
                queue.RemoveAsync(identity.OwnerId, remove.ConversationId, remove.MessageId, cancellationToken),
                remove.ConversationId, cancellationToken),
            ResumeCommand resume => DoneAsync(
                queue.ResumeAsync(identity.OwnerId, resume.ConversationId, cancellationToken), resume.ConversationId, cancellationToken),
            _ => socket.SendAsync(new PongEvent(), cancellationToken).AsTask(),
        };
    }

    private async Task SendAsync(ClientFrame frame, CancellationToken cancellationToken)
    {
        if (frame.AttachmentIds is { Count: > 0 })
        {
            await RefuseAsync(
                new ChatError("invalid_frame", "This server takes no attachments."),
                frame.ConversationId, frame.ClientMessageId, cancellationToken);
            return;
        }

        await BeginAsync(
            new SendRequest(identity.OwnerId, identity.Client, frame.Message ?? "") { ParentId = frame.ParentId }, frame, cancellationToken);
    }

    private async Task BeginAsync(TurnRequest request, ClientFrame frame, CancellationToken cancellationToken)
    {
        var outcome = await hub.BeginAsync(
            request with
            {
                ConversationId = frame.ConversationId,
                ClientMessageId = frame.ClientMessageId,
                Model = frame.Model,
                ReasoningEffort = frame.ReasoningEffort,
                TraceParent = frame.Traceparent,
            },
            cancellationToken);
        await AnswerAsync(outcome, frame.ConversationId, frame.ClientMessageId, cancellationToken);
    }

    /// <summary>Answers only where there is something to refuse: what was done is told by the watches.</summary>
    private async Task DoneAsync(Task<ChatError?> doing, long conversationId, CancellationToken cancellationToken)
    {
        if (await doing is { } refusal) await RefuseAsync(refusal, conversationId, null, cancellationToken);
    }

    private async Task<ChatError?> SelectAsync(SelectCommand select, CancellationToken cancellationToken) =>
        await conversations.SelectAsync(identity.OwnerId, select.ConversationId, select.MessageId, cancellationToken)
            ? null
            : new ChatError("not_found", "There is no such message.");

    /// <summary>The acknowledgement, then the reply; or why there is none.</summary>
    private async Task AnswerAsync(
        SendOutcome outcome, long? conversationId, string? clientMessageId, CancellationToken cancellationToken)
    {
        if (outcome.Turn is not { } turn)
        {
            await RefuseAsync(outcome.Refusal!, conversationId, clientMessageId, cancellationToken);
            return;
        }

        Failpoint.Hit(Failpoint.TurnBeforeAcknowledgement);
        await socket.SendAsync(StreamingEvent.Acknowledge(turn), cancellationToken);
        if (turn.Generation is not null) _pumps.Ensure(turn.Generation, default);
        else await TellEndedAsync(turn.Ids.ReplyId, cancellationToken);
    }

    /// <summary>The reply of a repeated command that ended before: whole, then its end.</summary>
    private async Task TellEndedAsync(long replyId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var reply = await context.Messages.SingleOrDefaultAsync(message => message.Id == replyId, cancellationToken);
        if (reply is null) return;
        await socket.SendAsync(
            new StreamingEvent(reply.Content, reply.ConversationId, reply.Id, 0)
            {
                Reasoning = reply.Reasoning.Length == 0 ? null : reply.Reasoning,
                ReasoningOffset = reply.Reasoning.Length == 0 ? null : 0,
            },
            cancellationToken);
        if (reply.CompletedAt is not null) await socket.SendAsync(reply.ToEndEvent(), cancellationToken);
    }

    private async Task StopAsync(StopCommand command, CancellationToken cancellationToken)
    {
        if (hub.Stop(identity.OwnerId, command.ConversationId, command.MessageId)) return;
        await RefuseAsync(new ChatError("not_growing", "There is no growing reply to stop."), command.ConversationId, null, cancellationToken);
    }

    private ValueTask<bool> RefuseAsync(ChatError error, long? conversationId, string? clientMessageId, CancellationToken cancellationToken) =>
        socket.SendAsync(ErrorEvent.From(error, conversationId, clientMessageId), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Command} broke on a fault of ours")]
        public static partial void CommandBroke(ILogger logger, string command, Exception exception);
    }
}
