using System.Runtime.CompilerServices;
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
    /// <summary>A page of the list.</summary>
    public static async Task<List<ConversationSummary>> ListAsync(
        this ChatDbContext context, ListFilter filter, PageCursor? after, int offset, int limit, CancellationToken cancellationToken)
    {
        if (filter is { Title: null, Pinned: not true })
            return await context.SummariesAsync(_ => context.Listed(filter, after).Skip(offset).Take(limit), cancellationToken);
        var titles = filter.Pinned is true
            ? context.PinnedAsync(filter, after, cancellationToken)
            : context.Listed(filter, after).Select(row => new Titled(row.Id, row.UpdatedAt, row.Title)).AsAsyncEnumerable();
        var found = await FindAsync(titles, filter.Title, offset, limit, cancellationToken);
        var page = await context.SummariesAsync(
            conversations => conversations.Of(filter.OwnerId).Where(conversation => found.Contains(conversation.Id)), cancellationToken);
        return [.. page.OrderBy(conversation => found.IndexOf(conversation.Id))];
    }

    /// <summary>Those that the filter lets pass but for their titles, in order. Every page walks the index of (owner, last activity, id)
    /// from where it begins: what it costs is in what it skips and shows, and not in how far down it is.</summary>
    public static IQueryable<Conversation> Listed(this ChatDbContext context, ListFilter filter, PageCursor? after)
    {
        var listed = context.Passed(filter).OrderByDescending(conversation => conversation.UpdatedAt).ThenByDescending(conversation => conversation.Id);
        return after is not { } cursor
            ? listed
            : listed.Where(conversation => conversation.UpdatedAt <= cursor.Time && (conversation.UpdatedAt < cursor.Time || conversation.Id < cursor.Id));
    }

    /// <summary>The same in no order.</summary>
    public static IQueryable<Conversation> Passed(this ChatDbContext context, ListFilter filter)
    {
        var passed = context.Conversations.Of(filter.OwnerId);
        passed = filter.Archived
            ? passed.Where(conversation => conversation.ArchivedAt != null)
            : passed.Where(conversation => conversation.ArchivedAt == null);
        if (filter.Pinned is true) passed = passed.Where(conversation => conversation.PinnedAt != null);
        if (filter.Pinned is false) passed = passed.Where(conversation => conversation.PinnedAt == null);
        if (filter.Tag is null) return passed;
        var key = ConversationTag.KeyOf(filter.Tag);
        var tagged = context.ConversationTags.Where(tag => tag.Key == key).Select(tag => tag.ConversationId);
        return passed.Where(conversation => tagged.Contains(conversation.Id));
    }

    /// <summary>Few are pinned: they are found by an index of their own and put in order here. By the list's index all others would be
    /// passed over (50,000 of them: 36 ms).</summary>
    private static async IAsyncEnumerable<Titled> PinnedAsync(
        this ChatDbContext context, ListFilter filter, PageCursor? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pinned = await context.Passed(filter).Select(row => new Titled(row.Id, row.UpdatedAt, row.Title)).ToListAsync(cancellationToken);
        foreach (var row in pinned.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id))
        {
            if (after is not { } cursor || row.UpdatedAt < cursor.Time || (row.UpdatedAt == cursor.Time && row.Id < cursor.Id)) yield return row;
        }
    }

    /// <summary>The ids of a page of those whose title holds a text.</summary>
    /// <remarks>SQLite knows the case of ASCII letters alone, so the titles are compared here; no further than the page needs.</remarks>
    private static async Task<List<long>> FindAsync(
        IAsyncEnumerable<Titled> titles, string? text, int offset, int limit, CancellationToken cancellationToken)
    {
        var found = new List<long>();
        await foreach (var candidate in titles.WithCancellation(cancellationToken))
        {
            if (text is not null && !candidate.Title.Contains(text, StringComparison.OrdinalIgnoreCase)) continue;
            if (offset > 0) offset--;
            else found.Add(candidate.Id);
            if (found.Count == limit) break;
        }

        return found;
    }

    private sealed record Titled(long Id, DateTime UpdatedAt, string Title);
}
