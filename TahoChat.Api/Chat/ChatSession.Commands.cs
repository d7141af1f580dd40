using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Chat;

/// <summary>What a session does with each command.</summary>
internal sealed partial class ChatSession
{
    /// <summary>A fault of ours ends the command, not the socket.</summary>
    private async Task DoSafelyAsync(Command command, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(command, cancellationToken);
        }
        catch (DatabaseException exception)
        {
            await RefuseAsync(
                new ChatError(exception.Code, exception.Message, Retryable: true, TimeSpan.FromSeconds(1)), command, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.CommandBroke(logger, command.GetType().Name, exception);
            await RefuseAsync(new ChatError("internal", "Something went wrong on the server.", Retryable: true), command, cancellationToken);
        }
    }

    private ValueTask<bool> RefuseAsync(ChatError error, Command command, CancellationToken cancellationToken)
    {
        var frame = command switch
        {
            SendCommand send => send.Frame,
            EditCommand edit => edit.Frame,
            ReplyCommand reply => reply.Frame,
            _ => null,
        };
        return RefuseAsync(error, frame?.ConversationId, frame?.ClientMessageId, cancellationToken);
    }

    private Task DoAsync(Command command, CancellationToken cancellationToken)
    {
        _pumps.WithReasoning |= command is not SendCommand { Frame.IsClassic: true };
        return command switch
        {
            SendCommand send => BeginAsync(
                new SendRequest(identity.OwnerId, identity.Client, send.Frame.Message ?? "")
                {
                    ParentId = send.Frame.ParentId,
                    AttachmentIds = send.Frame.AttachmentIds,
                    Settings = new(send.Frame.SystemPrompt, send.Frame.Temperature, send.Frame.MaxCompletionTokens),
                },
                send.Frame, cancellationToken),
            WatchCommand watch => WatchAsync(watch, cancellationToken),
            UnwatchCommand unwatch => UnwatchAsync(unwatch.ConversationId),
            StopCommand stop => StopAsync(stop, cancellationToken),
            EditCommand edit => BeginAsync(
                new EditRequest(identity.OwnerId, identity.Client, edit.MessageId, edit.Frame.Message ?? "") { AttachmentIds = edit.Frame.AttachmentIds },
                edit.Frame, cancellationToken),
            ReplyCommand reply => BeginAsync(
                new ReplyRequest(identity.OwnerId, identity.Client, reply.MessageId, reply.Continues), reply.Frame, cancellationToken),
            SelectCommand select => DoneAsync(SelectAsync(select, cancellationToken), select.ConversationId, cancellationToken),
            RemoveCommand remove => DoneAsync(
                queue.RemoveAsync(identity.OwnerId, remove.ConversationId, remove.MessageId, cancellationToken),
                remove.ConversationId, cancellationToken),
            ResumeCommand resume => DoneAsync(
                queue.ResumeAsync(identity.OwnerId, resume.ConversationId, cancellationToken), resume.ConversationId, cancellationToken),
            ToolCommand tool => DoneAsync(DecideAsync(tool, cancellationToken), tool.ConversationId, cancellationToken),
            _ => socket.SendAsync(new PongEvent(), cancellationToken).AsTask(),
        };
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
                MayAsk = _pumps.WithReasoning,
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

    private async Task<ChatError?> DecideAsync(ToolCommand tool, CancellationToken cancellationToken) =>
        await approvals.DecideAsync(
            identity.OwnerId, tool.ConversationId, tool.MessageId, tool.ToolCallId, tool.Decision, cancellationToken)
            ? null
            : new ChatError("not_found", "No tool call waits for an answer there.");

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
        foreach (var call in _pumps.WithReasoning ? reply.ToolCalls ?? [] : [])
            await socket.SendAsync(new StreamingEvent("", reply.ConversationId, reply.Id, 0) { ToolCall = call }, cancellationToken);
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
}
