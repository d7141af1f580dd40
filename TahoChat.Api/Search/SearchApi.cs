using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Conversations;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;
using TahoChat.Api.Search.Sqlite;

namespace TahoChat.Api.Search;

/// <summary>The search over REST.</summary>
public static class SearchApi
{
    private const int MaxLimit = 100;

    public static void AddSearch(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMessageSearch, SqliteMessageSearch>();
        builder.Services.AddSingleton<SearchReader>();
        builder.Services.AddHostedService<SearchIndexer>();
    }

    public static void MapSearch(this WebApplication app)
    {
        var search = app.MapGroup("/search").WithTags("Search");
        search.MapGet("/", FindAsync).WithSummary("The messages and titles that hold words, the best first");
        search.MapGet("/state", StateAsync).WithSummary("How far the index of the search is");
        search.MapPost("/rebuild", RebuildAsync).WithSummary("Empty the index of the search and fill it anew");
    }

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> FindAsync(
        SearchReader reader,
        HttpContext http,
        [Description("1 to 1000 characters. All words have to be there; words in quotes as they stand; the last word, and one with * behind it, may be a beginning")] string q,
        [Description("user, assistant or system")] string? role = null,
        [Description("The id of the model that wrote it")] string? model = null,
        [Description("The earliest time, ISO 8601, UTC where it names no zone")] DateTime? from = null,
        [Description("The first time that is too late")] DateTime? to = null,
        [Description("Whether the conversation is pinned")] bool? pinned = null,
        [Description("Whether the conversation is archived; without it, both")] bool? archived = null,
        [Description("A tag of the conversation, in upper or lower case")] string? tag = null,
        [Description("1 to 100")] int limit = 20,
        [Description("more of the answer before")] string? before = null,
        CancellationToken cancellationToken = default)
    {
        if (q.Length > Limits.SearchText || string.IsNullOrWhiteSpace(q)) return Problems.Invalid($"q has to have 1 to {Limits.SearchText} characters.");
        if (limit is < 1 or > MaxLimit) return Problems.Invalid($"limit has to be 1 to {MaxLimit}.");
        if (RoleOf(role, out var speaker) is { } wrongRole) return wrongRole;
        if ((before is null ? SearchPosition.First : SearchPosition.Parse(before)) is not { } position)
            return Problems.Invalid("before has to be what an answer gave as more.");
        var filter = new SearchFilter(speaker, model, Utc(from), Utc(to), pinned, archived, tag is null ? null : ConversationTag.KeyOf(tag.Trim()));
        var question = new SearchQuestion(ChatIdentity.Of(http).OwnerId, SearchWords.Parse(q), filter);
        return TypedResults.Ok(await reader.FindAsync(question, position, limit, cancellationToken));
    }

    private static async Task<Ok<SearchState>> StateAsync(IMessageSearch index, CancellationToken cancellationToken) =>
        TypedResults.Ok(await index.StateAsync(cancellationToken));

    private static async Task<Accepted<SearchState>> RebuildAsync(IMessageSearch index, CancellationToken cancellationToken)
    {
        await index.RebuildAsync(cancellationToken);
        return TypedResults.Accepted("/search/state", await index.StateAsync(cancellationToken));
    }

    private static ProblemHttpResult? RoleOf(string? text, out MessageRole? role)
    {
        role = text is null ? null : text switch
        {
            "user" => MessageRole.User,
            "assistant" => MessageRole.Assistant,
            "system" => MessageRole.System,
            _ => (MessageRole)(-1),
        };
        return role is null || Enum.IsDefined(role.Value) ? null : Problems.Invalid("role has to be user, assistant or system.");
    }

    private static DateTime? Utc(DateTime? time) => time is not { } given ? null
        : given.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(given, DateTimeKind.Utc)
        : given.ToUniversalTime();
}
