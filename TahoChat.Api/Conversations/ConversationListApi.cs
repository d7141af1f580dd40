using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Conversations;

/// <summary>The list of conversations over REST, by the classic <c>limit</c> and <c>offset</c> or by cursor, and the tags.</summary>
internal static class ConversationListApi
{
    private const int MaxLimit = 100;

    public static void MapConversationList(this RouteGroupBuilder conversations) =>
        conversations.MapGet("/", ListAsync).WithSummary("List conversations, latest first").KeptUntilACommit();

    public static void MapTags(this WebApplication app) =>
        app.MapGet("/tags", TagsAsync).WithTags("Conversations").WithSummary("The tags that conversations have, by name");

    public static ProblemHttpResult? PageProblem(int limit, int offset) => (limit, offset) switch
    {
        ( < 1 or > MaxLimit, _) => Problems.Invalid($"limit has to be 1 to {MaxLimit}."),
        (_, < 0) => Problems.Invalid("offset cannot be negative."),
        _ => null,
    };

    private static async Task<Results<Ok<IReadOnlyList<ConversationSummary>>, ProblemHttpResult>> ListAsync(
        ChatDbContext context,
        HttpContext http,
        [Description("1 to 100")] int limit = 10,
        [Description("How many to skip; not with cursor")] int offset = 0,
        [Description("Only those whose title holds this text, in upper or lower case")] string? title = null,
        [Description("X-Next-Cursor of the page before, empty for the first page; what happens before it moves nothing behind it")] string? cursor = null,
        [Description("The archived ones instead of the others")] bool archived = false,
        [Description("Only the pinned ones, or only the others")] bool? pinned = null,
        [Description("Only those that have this tag, in upper or lower case")] string? tag = null,
        CancellationToken cancellationToken = default)
    {
        if (PageProblem(limit, offset) is { } problem) return problem;
        if (cursor is not null && offset > 0) return Problems.Invalid("Give offset or cursor, not both.");
        if (PageCursor.Problem(cursor, out var after) is { } wrong) return wrong;
        var owner = ChatIdentity.Of(http).OwnerId;
        var revision = await context.LatestRevisionAsync(owner, cancellationToken);
        http.Response.Headers[ConversationApi.RevisionHeader] = revision.ToString(CultureInfo.InvariantCulture);
        var filter = new ListFilter(owner, archived, pinned, Given(tag), Given(title));
        // By cursor one more tells whether there is a page behind this one.
        var more = cursor is null ? 0 : 1;
        var list = await context.ListAsync(filter, after, offset, limit + more, cancellationToken);
        return TypedResults.Ok(cursor is null ? list : PageCursor.Cut(http, list, limit, item => new PageCursor(item.UpdatedAt, item.Id)));
    }

    private static async Task<Ok<List<TagResponse>>> TagsAsync(ChatDbContext context, HttpContext http, CancellationToken cancellationToken) =>
        TypedResults.Ok(await context.TagsAsync(ChatIdentity.Of(http).OwnerId, cancellationToken));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
