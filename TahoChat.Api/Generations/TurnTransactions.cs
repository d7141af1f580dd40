using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>What is needed to write a turn's beginning.</summary>
/// <param name="Choose">The model that answers where this one is asked for, or none.</param>
/// <param name="Admit">Asked before a new reply is made, with whether it is to wait; an error refuses it.</param>
/// <param name="Models">The models that are known, for what they take.</param>
internal sealed record TurnPlan(
    Func<string?, ModelChoice> Choose, string? TraceId, DateTime Now, Func<bool, ChatError?> Admit, IReadOnlyList<GroqModel> Models);

/// <summary>The transactions of a turn's beginning; each runs on the writer's thread and saves what it did: the claim, the
/// user's message and the reply's row together, before anything is asked of the provider.</summary>
internal static class TurnTransactions
{
    /// <summary>A message after the head, or after another that the client names.</summary>
    public static SendOutcome Send(ChatDbContext context, SendRequest request, TurnPlan plan)
    {
        var conversation = request.ConversationId is { } id ? context.FindConversation(request.OwnerId, id) : null;
        if (request.ConversationId is { } missing && conversation is null) return ConversationErrors.NotFound(missing);
        var (parent, waiting) = Parent(context, conversation, request.ParentId);
        if (request.ParentId is not null && parent is null) return new ChatError("not_found", "The message that this one follows does not exist.");

        var (attached, problem) = AttachmentRules.Find(context, request.OwnerId, request.AttachmentIds);
        if ((problem ?? AttachmentRules.Check(attached, request.Message, TurnRows.ModelFor(conversation, request, plan).Model, plan.Models)) is { } wrong) return wrong;
        var waits = parent?.Status is MessageStatus.Streaming or MessageStatus.Queued;
        if (waits && waiting >= Limits.WaitingMessages)
            return new ChatError("queue_full", "20 messages wait in this conversation already.", Retryable: true);
        if (plan.Admit(waits) is { } refusal) return refusal;
        var branched = request.ParentId is not null && parent?.Id != conversation?.HeadId;
        var isNew = conversation is null;
        conversation ??= TurnRows.NewConversation(request, plan.Now);
        if (conversation.TitleSource == TitleSource.Default)
            (conversation.Title, conversation.TitleSource) = (TitleWriter.FirstWords(AttachmentRules.Words(request.Message, attached)), TitleSource.FirstWords);
        conversation.Revision = context.NextRevision(request.OwnerId);
        if (isNew) conversation.Id = context.Insert(conversation);

        var message = TurnRows.AddMessage(context, conversation, parent?.Id, (parent?.Depth ?? 0) + 1, request.Message, request.ClientMessageId, plan);
        if (attached.Count > 0) AttachmentRules.Place(context, message, attached);
        var reply = TurnRows.AddReply(context, conversation, message, request, plan, waits ? MessageStatus.Queued : MessageStatus.Streaming);
        var resumed = waits ? new WaitingTurns(context, conversation.Id).FirstOfPaused(reply.Id)?.Reply : null;
        if (resumed is not null) (resumed.Status, resumed.Revision) = (MessageStatus.Streaming, conversation.Revision);
        conversation.HeadId = reply.Id;
        return Save(context, conversation, request, reply, resumed is not null, plan) with
        {
            Branched = branched,
            Given = isNew && attached.Count == 0 ? ReplyContext.Opening(conversation, message.Content) : null,
            Starts = waits ? resumed?.Id : reply.Id,
        };
    }

    /// <summary>A message in the place of another: a sibling with a reply of its own, or new words for one that waits.</summary>
    public static SendOutcome Edit(ChatDbContext context, EditRequest request, TurnPlan plan)
    {
        if (context.FindConversation(request.OwnerId, request.ConversationId!.Value) is not { } conversation)
            return ConversationErrors.NotFound(request.ConversationId.Value);
        var edited = context.Messages.SingleOrDefault(message => message.Id == request.MessageId && message.ConversationId == conversation.Id);
        if (edited is not { Role: MessageRole.User, Status: not MessageStatus.Removed })
            return new ChatError("not_found", "There is no such message of yours.");

        var (given, problem) = AttachmentRules.Find(context, request.OwnerId, request.AttachmentIds);
        var attached = request.AttachmentIds is null ? context.AttachmentsOf(edited.Id) : given;
        if (attached.Count == 0 && string.IsNullOrWhiteSpace(request.Message)) problem ??= new ChatError("empty_message", ConversationErrors.Empty);
        var waiting = new WaitingTurns(context, conversation.Id);
        var turn = waiting.Find(edited.Id);
        var model = turn?.Reply.Model ?? TurnRows.ModelFor(conversation, request, plan).Model;
        if ((problem ?? AttachmentRules.Check(attached, request.Message, model, plan.Models)) is { } wrong) return wrong;
        if (turn is not null)
        {
            edited.Content = request.Message;
            edited.Revision = conversation.Revision = context.NextRevision(request.OwnerId);
            AttachmentRules.Place(context, edited, attached);
            return Save(context, conversation, request, turn.Reply, othersChanged: true) with { Known = true };
        }

        if (plan.Admit(false) is { } refusal) return refusal;
        conversation.Revision = context.NextRevision(request.OwnerId);
        var message = TurnRows.AddMessage(context, conversation, edited.ParentId, edited.Depth, request.Message, request.ClientMessageId, plan);
        if (attached.Count > 0) AttachmentRules.Place(context, message, attached);
        var reply = TurnRows.AddReply(context, conversation, message, request, plan, MessageStatus.Streaming);
        TakeOver(context, conversation, waiting, edited.Id, reply);
        return Save(context, conversation, request, reply, othersChanged: true, plan) with { Starts = reply.Id };
    }

    /// <summary>Another attempt at a reply: a sibling, which may begin with what the other kept.</summary>
    public static SendOutcome Reply(ChatDbContext context, ReplyRequest request, TurnPlan plan)
    {
        if (context.FindConversation(request.OwnerId, request.ConversationId!.Value) is not { } conversation)
            return ConversationErrors.NotFound(request.ConversationId.Value);
        var target = context.Messages.SingleOrDefault(message =>
            message.Id == request.MessageId && message.ConversationId == conversation.Id && message.Status != MessageStatus.Removed);
        var asked = target is { Role: MessageRole.Assistant } ? context.Messages.Find(target.ParentId) : target;
        if (target is null || asked is not { Role: MessageRole.User }) return new ChatError("not_found", "There is no such reply.");
        if (ReplyProblem(context, request, target) is { } problem) return problem;
        if (AttachmentRules.Check(context.AttachmentsOf(asked.Id), asked.Content, TurnRows.ModelFor(conversation, request, plan).Model, plan.Models) is { } wrong) return wrong;
        if (plan.Admit(false) is { } refusal) return refusal;

        conversation.Revision = context.NextRevision(request.OwnerId);
        var waiting = new WaitingTurns(context, conversation.Id);
        var begun = request.Continues && (target.Content.Length > 0 || target.ToolCalls is not null) ? target : null;
        var again = request with { ReasoningEffort = request.ReasoningEffort ?? conversation.ReasoningEffort ?? target.ReasoningEffort };
        var reply = TurnRows.AddReply(context, conversation, asked, again, plan, MessageStatus.Streaming, begun);
        TakeOver(context, conversation, waiting, asked.Id, reply);
        return Save(context, conversation, request, reply, othersChanged: true, plan) with
        {
            Starts = reply.Id,
            Seed = (reply.Reasoning, reply.Content),
            SeedCalls = reply.ToolCalls,
        };
    }

    private static ChatError? ReplyProblem(ChatDbContext context, ReplyRequest request, Message target)
    {
        var grows = target.Role == MessageRole.Assistant
            ? target.Status is MessageStatus.Streaming or MessageStatus.Queued
            : context.Messages.Any(reply => reply.ParentId == target.Id
                && (reply.Status == MessageStatus.Streaming || reply.Status == MessageStatus.Queued));
        if (grows) return new ChatError("still_growing", "The reply is still growing.");
        return !request.Continues || target.IsContinuable
            ? null
            : new ChatError("not_continuable", "There is nothing to continue: the reply was finished, or nothing of it came.");
    }

    /// <summary>What the message follows, and how many wait before it. A message that was taken out of the queue is none; of a
    /// queue that the head is in, the end.</summary>
    private static (Message? Parent, int Waiting) Parent(ChatDbContext context, Conversation? conversation, long? parentId)
    {
        if (conversation is null) return (null, 0);
        var parent = context.Messages.SingleOrDefault(message => message.Id == (parentId ?? conversation.HeadId) && message.ConversationId == conversation.Id);
        if (parent?.Status == MessageStatus.Removed) parent = context.Messages.Find(conversation.HeadId);
        if (parent?.Status is not (MessageStatus.Streaming or MessageStatus.Queued)) return (parent, 0);
        var waiting = new WaitingTurns(context, conversation.Id);
        return (waiting.IsBehind(conversation.HeadId, [parent.Id]) ? context.Messages.Find(conversation.HeadId) : parent, waiting.Count);
    }

    /// <summary>The new reply is shown, and what waited behind the others to the same message waits behind it.</summary>
    private static void TakeOver(
        ChatDbContext context, Conversation conversation, WaitingTurns waiting, long askedId, Message reply)
    {
        var others = context.Messages.Where(other => other.ParentId == askedId && other.Id != reply.Id).Select(other => other.Id).ToList();
        if (!waiting.IsBehind(conversation.HeadId, others)) conversation.HeadId = reply.Id;
        foreach (var moved in waiting.MoveBehind(others, reply)) moved.Revision = conversation.Revision;
    }

    private static Turn Save(
        ChatDbContext context, Conversation conversation, TurnRequest request, Message reply, bool othersChanged, TurnPlan? plan = null)
    {
        Claims.Add(context, request, reply);
        TurnRows.Update(context, conversation);
        if (othersChanged) context.SaveChanges();
        return new Turn(TurnIds.Of(reply), reply.Status, reply.Model ?? "", conversation.Revision)
        {
            ClientMessageId = request.ClientMessageId,
            TraceId = reply.TraceId,
            Notice = plan is null ? null : TurnRows.ModelFor(conversation, request, plan).Notice,
        };
    }
}
