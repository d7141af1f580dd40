using System.Security.Cryptography;
using System.Text.Json;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>What is needed to write a turn's beginning.</summary>
/// <param name="Model">The model that answers.</param>
/// <param name="Admit">Asked before a new reply is made, with whether it is to be queued; an error refuses it.</param>
internal sealed record TurnPlan(string Model, string? TraceId, DateTime Now, Func<bool, ChatError?> Admit);

/// <summary>The transactions of a turn's beginning; each runs on the writer's thread and saves what it did.</summary>
internal static class TurnTransactions
{
    /// <summary>Saves the user's message and the reply's row, or finds those of the same send before.</summary>
    public static SendOutcome Accept(ChatDbContext context, SendRequest request, TurnPlan plan)
    {
        if (request.ClientMessageId is not null
            && context.Messages.SingleOrDefault(message =>
                message.OwnerId == request.OwnerId && message.ClientMessageId == request.ClientMessageId) is { } existing)
        {
            return Repeat(context, existing, request);
        }

        var conversation = request.ConversationId is { } id ? context.FindConversation(request.OwnerId, id) : null;
        if (request.ConversationId is { } missing && conversation is null) return ConversationErrors.NotFound(missing);
        var parentId = request.ParentId ?? conversation?.HeadId;
        var parent = parentId is { } wanted ? Point(context, conversation?.Id, wanted) : null;
        if (parentId is not null && parent is null) return new ChatError("not_found", "The message that this one follows does not exist.");

        var queued = parent?.Status is MessageStatus.Streaming or MessageStatus.Queued;
        if (plan.Admit(queued) is { } refusal) return refusal;
        var branched = request.ParentId is not null && request.ParentId != conversation?.HeadId;
        conversation ??= context.Conversations.Add(NewConversation(request.OwnerId, plan.Now)).Entity;
        if (conversation.TitleSource == TitleSource.Default)
            (conversation.Title, conversation.TitleSource) = (TitleWriter.FirstWords(request.Message), TitleSource.FirstWords);
        context.SaveChanges();

        var message = context.Messages.Add(NewUserMessage(conversation, parent, request, plan.Now)).Entity;
        context.SaveChanges();
        var reply = AddReply(context, conversation, message.Id, message.Depth, request.ReasoningEffort, queued, plan);
        var revision = context.Touch(conversation, message, reply);
        context.SaveChanges();
        return new Turn(TurnIds.Of(reply), reply.Status, plan.Model, revision)
        {
            ClientMessageId = request.ClientMessageId,
            TraceId = plan.TraceId,
            Branched = branched,
        };
    }

    /// <summary>Makes another attempt at a reply: a sibling, which becomes the conversation's head.</summary>
    public static SendOutcome Regenerate(ChatDbContext context, RegenerateRequest request, TurnPlan plan)
    {
        if (context.FindConversation(request.OwnerId, request.ConversationId) is not { } conversation)
            return ConversationErrors.NotFound(request.ConversationId);
        var before = context.Messages.SingleOrDefault(message =>
            message.Id == request.MessageId && message.ConversationId == conversation.Id);
        if (before is not { Role: MessageRole.Assistant, ParentId: { } userMessageId })
            return new ChatError("not_found", "There is no such reply.");
        if (before.Status is MessageStatus.Streaming or MessageStatus.Queued)
            return new ChatError("conflict", "The reply is still growing.");
        if (plan.Admit(false) is { } refusal) return refusal;

        var reply = AddReply(context, conversation, userMessageId, before.Depth - 1, before.ReasoningEffort, queued: false, plan);
        var revision = context.Touch(conversation, reply);
        context.SaveChanges();
        return new Turn(TurnIds.Of(reply), reply.Status, plan.Model, revision) { TraceId = plan.TraceId };
    }

    /// <summary>Takes the first queued reply of a conversation in which nothing grows; null where there is none.</summary>
    public static Message? StartQueued(ChatDbContext context, long conversationId)
    {
        var waiting = context.Messages
            .Where(message => message.ConversationId == conversationId
                && (message.Status == MessageStatus.Streaming || message.Status == MessageStatus.Queued))
            .OrderBy(message => message.Id)
            .ToList();
        if (waiting.Count == 0 || waiting.Exists(message => message.Status == MessageStatus.Streaming)) return null;
        var next = waiting[0];
        next.Status = MessageStatus.Streaming;
        context.Touch(context.Conversations.Single(conversation => conversation.Id == conversationId), next);
        context.SaveChanges();
        return next;
    }

    /// <summary>What a send said, but for where it went and its trace: the same for the same send.</summary>
    internal static string BodyHash(SendRequest request) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(
            (object?[])[request.Message, request.ParentId, request.Model, request.ReasoningEffort])));

    private static SendOutcome Repeat(ChatDbContext context, Message existing, SendRequest request)
    {
        if (existing.ClientBodyHash != BodyHash(request)
            || (request.ConversationId is { } id && id != existing.ConversationId))
        {
            return new ChatError("conflict", "Another message was already sent under this client_message_id.");
        }

        var reply = context.Messages.Where(message => message.ParentId == existing.Id).OrderBy(message => message.Id).First();
        return new Turn(TurnIds.Of(reply), reply.Status, reply.Model ?? "", existing.Revision)
        {
            ClientMessageId = request.ClientMessageId,
            TraceId = reply.TraceId,
            Repeated = true,
        };
    }

    private static Message AddReply(
        ChatDbContext context, Conversation conversation, long userMessageId, int depth, string? effort, bool queued, TurnPlan plan)
    {
        var reply = context.Messages.Add(new Message
        {
            Uid = Guid.CreateVersion7(),
            OwnerId = conversation.OwnerId,
            ConversationId = conversation.Id,
            ParentId = userMessageId,
            Depth = depth + 1,
            Role = MessageRole.Assistant,
            Status = queued ? MessageStatus.Queued : MessageStatus.Streaming,
            Model = plan.Model,
            ReasoningEffort = effort,
            TraceId = plan.TraceId,
            CreatedAt = plan.Now,
        }).Entity;
        context.SaveChanges();
        (conversation.HeadId, conversation.UpdatedAt) = (reply.Id, plan.Now);
        return reply;
    }

    private static Conversation NewConversation(string ownerId, DateTime now) => new()
    {
        Uid = Guid.CreateVersion7(),
        OwnerId = ownerId,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static Message NewUserMessage(Conversation conversation, ParentPoint? parent, SendRequest request, DateTime now) => new()
    {
        Uid = Guid.CreateVersion7(),
        OwnerId = conversation.OwnerId,
        ConversationId = conversation.Id,
        ParentId = parent?.Id,
        Depth = (parent?.Depth ?? 0) + 1,
        Role = MessageRole.User,
        Status = MessageStatus.Complete,
        Content = request.Message,
        ClientMessageId = request.ClientMessageId,
        ClientBodyHash = request.ClientMessageId is null ? null : BodyHash(request),
        CreatedAt = now,
        CompletedAt = now,
    };

    private static ParentPoint? Point(ChatDbContext context, long? conversationId, long messageId) =>
        context.Messages
            .Where(message => message.Id == messageId && message.ConversationId == conversationId)
            .Select(message => new ParentPoint(message.Id, message.Depth, message.Status))
            .SingleOrDefault();

    private sealed record ParentPoint(long Id, int Depth, MessageStatus Status);
}
