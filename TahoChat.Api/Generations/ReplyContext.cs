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
    private static readonly Func<ChatDbContext, string, long, Task<Chosen?>> _settings =
        EF.CompileAsyncQuery((ChatDbContext context, string ownerId, long id) => context.Conversations
            .Where(conversation => conversation.Id == id && conversation.OwnerId == ownerId && conversation.DeletedAt == null)
            .Select(conversation => new Chosen(
                conversation.SystemPrompt, conversation.ReasoningEffort, conversation.Temperature, conversation.MaxCompletionTokens))
            .SingleOrDefault());

    public static async Task<ReplyContext> ReadAsync(
        IDbContextFactory<ChatDbContext> contexts, TurnIds ids, bool sees, CancellationToken cancellationToken)
    {
        using var span = DatabaseOperation.ReadHistory.Start();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var path = await context.PathAsync(ids.UserMessageId, cancellationToken);
        span?.SetTag(Conventions.Db.ResponseReturnedRows, path.Count);
        var history = await AttachedHistory.BuildAsync(context, path, sees, cancellationToken);
        var (prompt, effort, temperature, length) = await _settings(context, ids.OwnerId, ids.ConversationId) ?? new Chosen(null, null, null, null);
        return new ReplyContext(prompt is null ? history : [new GroqMessage("system", prompt), .. history], effort, temperature, length);
    }

    private sealed record Chosen(string? SystemPrompt, string? ReasoningEffort, double? Temperature, int? MaxCompletionTokens);
}
