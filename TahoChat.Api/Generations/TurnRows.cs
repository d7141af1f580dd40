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

    /// <summary>A user's message, saved.</summary>
    public static Message AddMessage(
        ChatDbContext context, Conversation conversation, long? parentId, int depth, string text, string? clientMessageId, TurnPlan plan)
    {
        var message = new Message
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
            Revision = conversation.Revision,
        };
        message.Id = context.Insert(message);
        return message;
    }

    /// <summary>The reply to <paramref name="asked"/>, saved; empty, or as <paramref name="begun"/> was, where it goes on with that. A conversation
    /// that goes on is archived no more.</summary>
    public static Message AddReply(
        ChatDbContext context, Conversation conversation, Message asked, TurnRequest request, TurnPlan plan, MessageStatus status, Message? begun = null)
    {
        var reply = new Message
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
            Content = begun?.Content ?? "",
            Reasoning = begun?.Reasoning ?? "",
            ToolCalls = begun?.ToolCalls,
            TraceId = plan.TraceId,
            CreatedAt = plan.Now,
            Revision = conversation.Revision,
        };
        reply.Id = context.Insert(reply);
        (conversation.UpdatedAt, conversation.ArchivedAt) = (plan.Now, null);
        return reply;
    }

    /// <summary>Saves what a turn changes of its conversation.</summary>
    public static void Update(ChatDbContext context, Conversation conversation) => context.Run(
        """
        UPDATE conversations SET title = $title, title_source = $title_source, head_id = $head_id, updated_at = $updated_at,
            archived_at = $archived_at, revision = $revision
        WHERE id = $id
        """,
        ("$title", conversation.Title), ("$title_source", SnakeCase.From(conversation.TitleSource.ToString())), ("$head_id", conversation.HeadId),
        ("$updated_at", conversation.UpdatedAt), ("$archived_at", conversation.ArchivedAt), ("$revision", conversation.Revision), ("$id", conversation.Id));

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
