using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Trash;

/// <summary>A conversation in the trash.</summary>
/// <param name="MessageCount">The length of the path that it showed.</param>
/// <param name="GoneAt">When it is deleted for good; left out where time does not decide that.</param>
public sealed record TrashedConversation(
    long Id,
    string Title,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    int MessageCount,
    DateTime DeletedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? GoneAt);

/// <summary>The trash over REST.</summary>
public static class TrashApi
{
    private const int MaxLimit = 100;

    public static void AddTrash(this WebApplicationBuilder builder, TrashSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<TrashWriter>();
        builder.Services.AddHostedService<TrashPurge>();
    }

    public static void MapTrash(this WebApplication app)
    {
        var trash = app.MapGroup("/trash").WithTags("Trash");
        trash.MapGet("/", ListAsync).WithSummary("What the trash has, the last deleted first");
        trash.MapDelete("/", EmptyAsync).WithSummary("Delete for good all that the trash has");
        trash.MapPost("/{id}/restore", RestoreAsync).WithSummary("Take a conversation out of the trash");
        trash.MapDelete("/{id}", PurgeAsync).WithSummary("Delete a conversation in the trash for good");
    }

    private static async Task<Results<Ok<IReadOnlyList<TrashedConversation>>, ProblemHttpResult>> ListAsync(
        ChatDbContext context,
        TrashSettings settings,
        HttpContext http,
        [Description("1 to 100")] int limit = 50,
        [Description("X-Next-Cursor of the page before; the first page has none")] string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > MaxLimit) return Problems.Invalid($"limit has to be 1 to {MaxLimit}.");
        if (PageCursor.Problem(cursor, out var after) is { } problem) return problem;
        var page = await context.TrashAsync(ChatIdentity.Of(http).OwnerId, settings, after, limit, cancellationToken);
        return TypedResults.Ok(PageCursor.Cut(http, page, limit, row => new PageCursor(row.DeletedAt, row.Id)));
    }

    private static async Task<Results<Ok<ConversationSummary>, ProblemHttpResult>> RestoreAsync(
        long id, TrashWriter trash, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (await trash.RestoreAsync(ChatIdentity.Of(http).OwnerId, id, cancellationToken) is null) return NotFound(id);
        var restored = await context.SummariesAsync(conversations => conversations.Where(row => row.Id == id), cancellationToken);
        return restored is [var summary] ? TypedResults.Ok(summary) : NotFound(id);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PurgeAsync(
        long id, TrashWriter trash, HttpContext http, CancellationToken cancellationToken) =>
        await trash.PurgeAsync(ChatIdentity.Of(http).OwnerId, id, cancellationToken) ? TypedResults.NoContent() : NotFound(id);

    private static async Task<NoContent> EmptyAsync(
        TrashWriter trash, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        await trash.EmptyAsync(context, ChatIdentity.Of(http).OwnerId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NotFound(long id) =>
        Problems.NotFound($"There is no conversation with ID {id} in the trash", "not_found");
}
