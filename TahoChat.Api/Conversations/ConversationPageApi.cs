using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Conversations;

/// <summary>Long conversations over REST: earlier messages by key, and where words are.</summary>
internal static class ConversationPageApi
{
    private const int MaxMessages = 500;
    private const int MaxHits = 1000;
    private const int MaxWords = 200;

    public static void MapConversationPages(this RouteGroupBuilder conversations)
    {
        conversations.MapGet("/{id}/messages", EarlierAsync).WithSummary("The messages that lead to one, oldest first");
        conversations.MapGet("/{id}/find", FindAsync).WithSummary("The messages of a conversation that hold words");
    }

    public static ProblemHttpResult? LimitProblem(int limit) =>
        limit is < 1 or > MaxMessages ? Problems.Invalid($"limit has to be 1 to {MaxMessages}.") : null;

    private static async Task<Results<Ok<MessagePage>, ProblemHttpResult>> EarlierAsync(
        long id,
        ChatDbContext context,
        HttpContext http,
        [Description("The id of the message that they lead to, which is not among them")] long before,
        [Description("1 to 500")] int limit = 50,
        CancellationToken cancellationToken = default)
    {
        if (LimitProblem(limit) is { } problem) return problem;
        if (context.FindConversation(ChatIdentity.Of(http).OwnerId, id) is not { } conversation) return ConversationApi.NotFound(id);
        return await context.BeforeAsync(conversation, before, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : Problems.NotFound("There is no such message.", "not_found");
    }

    private static async Task<Results<Ok<FindResponse>, ProblemHttpResult>> FindAsync(
        long id,
        ChatDbContext context,
        HttpContext http,
        [Description("1 to 200 characters; upper and lower case are the same")] string q,
        CancellationToken cancellationToken)
    {
        if (q.Length is 0 or > MaxWords || string.IsNullOrWhiteSpace(q)) return Problems.Invalid($"q has to have 1 to {MaxWords} characters.");
        if (context.FindConversation(ChatIdentity.Of(http).OwnerId, id) is not { } conversation) return ConversationApi.NotFound(id);
        return TypedResults.Ok(await context.FindAsync(conversation, q, MaxHits, cancellationToken));
    }
}
