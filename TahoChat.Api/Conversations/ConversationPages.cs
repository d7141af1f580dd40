using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;

namespace TahoChat.Api.Conversations;

/// <summary>Stretches of a path by key: what one costs is in its own length, whatever the conversation's.</summary>
internal static class ConversationPages
{
    /// <summary>A conversation with the newest <paramref name="limit"/> messages of the path that it shows.</summary>
    public static async Task<ConversationResponse> EndAsync(
        this ChatDbContext context, Conversation conversation, int limit, CancellationToken cancellationToken)
    {
        await context.WithTagsAsync([conversation], cancellationToken);
        var path = await context.PathAsync(conversation.HeadId, cancellationToken, limit);
        return ConversationResponse.From(conversation, await context.ShownAsync(path, cancellationToken)) with
        {
            MessageCount = path is [.., var head] ? head.Depth : 0,
            EarlierId = path is [var oldest, ..] ? oldest.ParentId : null,
        };
    }

    /// <summary>The <paramref name="limit"/> messages that lead to <paramref name="before"/>, or null where the conversation has no such message.</summary>
    public static async Task<MessagePage?> BeforeAsync(
        this ChatDbContext context, Conversation conversation, long before, int limit, CancellationToken cancellationToken)
    {
        var follower = await context.Messages
            .Where(message => message.Id == before && message.ConversationId == conversation.Id && message.Status != MessageStatus.Removed)
            .Select(message => new { message.ParentId })
            .SingleOrDefaultAsync(cancellationToken);
        if (follower is null) return null;
        var path = await context.PathAsync(follower.ParentId, cancellationToken, limit);
        return new MessagePage(
            await context.ShownAsync(path, cancellationToken), path is [var oldest, ..] ? oldest.ParentId : null);
    }

    /// <summary>The messages of the shown path whose text holds <paramref name="words"/>, in whichever case, oldest first.
    /// SQLite knows the case of ASCII letters alone, so the texts are compared here, one at a time.</summary>
    public static async Task<FindResponse> FindAsync(
        this ChatDbContext context, Conversation conversation, string words, int limit, CancellationToken cancellationToken)
    {
        var hits = new List<FindHit>();
        var count = 0;
        var texts = context.Database.SqlQuery<PathText>(
            $"""
            WITH RECURSIVE path(id, parent_id) AS (
                SELECT id, parent_id FROM messages WHERE id = {conversation.HeadId}
                UNION ALL
                SELECT parent.id, parent.parent_id FROM messages parent JOIN path ON parent.id = path.parent_id)
            SELECT messages.id AS "Id", messages.depth AS "Depth", messages.content AS "Content"
            FROM messages JOIN path ON messages.id = path.id
            """).AsAsyncEnumerable();
        await foreach (var (id, depth, content) in texts.WithCancellation(cancellationToken))
        {
            count = Math.Max(count, depth);
            if (content.Contains(words, StringComparison.OrdinalIgnoreCase)) hits.Add(new FindHit(id, depth));
        }

        hits.Sort((left, right) => left.Position.CompareTo(right.Position));
        return new FindResponse([.. hits.TakeLast(limit)], hits.Count, count);
    }

    /// <summary>Messages of a path as clients see them. Who asks for few of them does not pay for the siblings of all.</summary>
    private static async Task<IReadOnlyList<MessageResponse>> ShownAsync(
        this ChatDbContext context, List<Message> path, CancellationToken cancellationToken)
    {
        if (path.Count == 0) return [];
        var conversationId = path[0].ConversationId;
        var parents = path.Where(message => message.ParentId is not null).Select(message => message.ParentId).ToList();
        var siblings = (await context.Messages
                .Where(message => parents.Contains(message.ParentId) && message.Status != MessageStatus.Removed)
                .Select(message => new { message.Id, message.ParentId })
                .ToListAsync(cancellationToken))
            .Concat(path[0].ParentId is not null ? [] : await context.Messages
                .Where(message => message.ConversationId == conversationId && message.ParentId == null && message.Status != MessageStatus.Removed)
                .Select(message => new { message.Id, message.ParentId })
                .ToListAsync(cancellationToken))
            .OrderBy(message => message.Id)
            .ToLookup(message => message.ParentId, message => message.Id);
        return [.. path.Select(message =>
            MessageResponse.From(message) with { SiblingIds = siblings[message.ParentId].ToList() is { Count: > 1 } ids ? ids : null })];
    }

    private sealed record PathText(long Id, int Depth, string Content);
}
