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

    /// <summary>What the user said in it last.</summary>
    public string? Asked => Messages is [.., { Role: "user" } asked] ? asked.Content : null;

    /// <summary>Of a turn that opens its conversation with a message that has nothing attached: there is nothing more to be read.</summary>
    public static ReplyContext Opening(Conversation conversation, string message) => new(
        WithPrompt(conversation.SystemPrompt, [new GroqMessage("user", message)]),
        conversation.ReasoningEffort, conversation.Temperature, conversation.MaxCompletionTokens);

    public static async Task<ReplyContext> ReadAsync(
        IDbContextFactory<ChatDbContext> contexts, TurnIds ids, bool sees, CancellationToken cancellationToken)
    {
        using var span = DatabaseOperation.ReadHistory.Start();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var path = await context.PathAsync(ids.UserMessageId, cancellationToken);
        span?.SetTag(Conventions.Db.ResponseReturnedRows, path.Count);
        var history = await AttachedHistory.BuildAsync(context, path, sees, cancellationToken);
        var (prompt, effort, temperature, length) = await _settings(context, ids.OwnerId, ids.ConversationId) ?? new Chosen(null, null, null, null);
        return new ReplyContext(WithPrompt(prompt, history), effort, temperature, length);
    }

    private static IReadOnlyList<GroqMessage> WithPrompt(string? prompt, IReadOnlyList<GroqMessage> history) =>
        prompt is null ? history : [new GroqMessage("system", prompt), .. history];

    private sealed record Chosen(string? SystemPrompt, string? ReasoningEffort, double? Temperature, int? MaxCompletionTokens);
}
