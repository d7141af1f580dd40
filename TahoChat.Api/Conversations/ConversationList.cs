using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;

namespace TahoChat.Api.Conversations;

/// <summary>Which of an owner's conversations are listed.</summary>
/// <param name="Archived">The archived ones, or those that are not.</param>
/// <param name="Pinned">The pinned ones, or those that are not; null for both.</param>
/// <param name="Tag">Those that have this tag, in upper or lower case; null for all.</param>
/// <param name="Title">Those whose title holds this text, in upper or lower case; null for all.</param>
internal sealed record ListFilter(string OwnerId, bool Archived, bool? Pinned, string? Tag, string? Title);

/// <summary>The list of conversations, by last activity; the later id first where that is the same.</summary>
internal static class ConversationList
{
    /// <summary>Those that the filter lets pass but for their titles. Every page walks the index of (owner, last activity, id) from
    /// where it begins: what it costs is in what it skips and shows, and not in how far down it is.</summary>
    public static IQueryable<Conversation> Listed(
        this IQueryable<Conversation> conversations, ListFilter filter, IQueryable<ConversationTag> tags, PageCursor? after)
    {
        var listed = conversations.LatestOf(filter.OwnerId);
        listed = filter.Archived
            ? listed.Where(conversation => conversation.ArchivedAt != null)
            : listed.Where(conversation => conversation.ArchivedAt == null);
        if (filter.Pinned is true) listed = listed.Where(conversation => conversation.PinnedAt != null);
        if (filter.Pinned is false) listed = listed.Where(conversation => conversation.PinnedAt == null);
        if (filter.Tag is { } tag)
        {
            var key = ConversationTag.KeyOf(tag);
            listed = listed.Where(conversation => tags.Where(row => row.Key == key).Select(row => row.ConversationId).Contains(conversation.Id));
        }

        return after is not { } cursor
            ? listed
            : listed.Where(conversation => conversation.UpdatedAt <= cursor.Time && (conversation.UpdatedAt < cursor.Time || conversation.Id < cursor.Id));
    }

    /// <summary>A page of the list.</summary>
    public static async Task<List<ConversationSummary>> ListAsync(
        this ChatDbContext context, ListFilter filter, PageCursor? after, int offset, int limit, CancellationToken cancellationToken)
    {
        if (filter.Title is null)
        {
            return await context.SummariesAsync(
                conversations => conversations.Listed(filter, context.ConversationTags, after).Skip(offset).Take(limit), cancellationToken);
        }

        var found = await context.TitledAsync(filter, after, offset, limit, cancellationToken);
        return await context.SummariesAsync(
            conversations => conversations.LatestOf(filter.OwnerId).Where(conversation => found.Contains(conversation.Id)), cancellationToken);
    }

    /// <remarks>SQLite knows the case of ASCII letters alone, so the titles are compared here; no further than the page needs.</remarks>
    private static async Task<List<long>> TitledAsync(
        this ChatDbContext context, ListFilter filter, PageCursor? after, int offset, int limit, CancellationToken cancellationToken)
    {
        var titles = context.Conversations.Listed(filter, context.ConversationTags, after)
            .Select(conversation => new { conversation.Id, conversation.Title })
            .AsAsyncEnumerable();
        var found = new List<long>();
        await foreach (var candidate in titles.WithCancellation(cancellationToken))
        {
            if (!candidate.Title.Contains(filter.Title!, StringComparison.OrdinalIgnoreCase)) continue;
            if (offset > 0) offset--;
            else found.Add(candidate.Id);
            if (found.Count == limit) break;
        }

        return found;
    }
}
