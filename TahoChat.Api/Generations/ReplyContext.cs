using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>What a reply is made from, as it is when the reply begins to grow.</summary>
/// <param name="Messages">The system prompt where there is one, and the path from the root to the user's message, without the
/// replies of which nothing came.</param>
/// <param name="ReasoningEffort">The conversation's.</param>
internal sealed record ReplyContext(
    IReadOnlyList<GroqMessage> Messages, string? ReasoningEffort, double? Temperature, int? MaxCompletionTokens)
{
    public static async Task<ReplyContext> ReadAsync(
        IDbContextFactory<ChatDbContext> contexts, TurnIds ids, bool sees, CancellationToken cancellationToken)
    {
        using var span = DatabaseOperation.ReadHistory.Start();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var path = await context.PathAsync(ids.UserMessageId, cancellationToken);
        span?.SetTag(Conventions.Db.ResponseReturnedRows, path.Count);
        var history = await AttachedHistory.BuildAsync(context, path, sees, cancellationToken);
        var conversation = context.FindConversation(ids.OwnerId, ids.ConversationId);
        return new ReplyContext(
            conversation?.SystemPrompt is { } prompt ? [new GroqMessage("system", prompt), .. history] : history,
            conversation?.ReasoningEffort, conversation?.Temperature, conversation?.MaxCompletionTokens);
    }
}
