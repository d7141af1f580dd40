using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>The rows of a turn, as <see cref="TurnTransactions"/> writes them.</summary>
internal static class TurnRows
{
    /// <summary>Who answers: the message's choice before the conversation's, that before the server's own.</summary>
    public static ModelChoice ModelFor(Conversation? conversation, TurnRequest request, TurnPlan plan) =>
        plan.Choose(request.Model ?? conversation?.Model);

    /// <summary>A user's message, saved so that it has its id.</summary>
    public static Message AddMessage(
        ChatDbContext context, Conversation conversation, long? parentId, int depth, string text, string? clientMessageId, TurnPlan plan)
    {
        var message = context.Messages.Add(new Message
        {
            Uid = Guid.CreateVersion7(),
            OwnerId = conversation.OwnerId,
            ConversationId = conversation.Id,
            ParentId = parentId,
            Depth = depth,
            Role = MessageRole.User,
            Status = MessageStatus.Complete,
            Content = text,
            ClientMessageId = clientMessageId,
            CreatedAt = plan.Now,
            CompletedAt = plan.Now,
        }).Entity;
        context.SaveChanges();
        return message;
    }

    /// <summary>The reply to <paramref name="asked"/>, empty, saved so that it has its id. A conversation that goes on is archived no more.</summary>
    public static Message AddReply(
        ChatDbContext context, Conversation conversation, Message asked, TurnRequest request, TurnPlan plan, MessageStatus status)
    {
        var reply = context.Messages.Add(new Message
        {
            Uid = Guid.CreateVersion7(),
            OwnerId = conversation.OwnerId,
            ConversationId = conversation.Id,
            ParentId = asked.Id,
            Depth = asked.Depth + 1,
            Role = MessageRole.Assistant,
            Status = status,
            Model = ModelFor(conversation, request, plan).Model,
            ReasoningEffort = request.ReasoningEffort ?? conversation.ReasoningEffort,
            TraceId = plan.TraceId,
            CreatedAt = plan.Now,
        }).Entity;
        context.SaveChanges();
        (conversation.UpdatedAt, conversation.ArchivedAt) = (plan.Now, null);
        return reply;
    }

    /// <summary>What the message that opens it asks for is the conversation's own choice.</summary>
    public static Conversation NewConversation(SendRequest request, DateTime now) => new()
    {
        Uid = Guid.CreateVersion7(),
        OwnerId = request.OwnerId,
        Model = request.Model,
        ReasoningEffort = request.ReasoningEffort,
        SystemPrompt = request.Settings.Prompt,
        Temperature = request.Settings.Temperature,
        MaxCompletionTokens = request.Settings.MaxCompletionTokens,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
