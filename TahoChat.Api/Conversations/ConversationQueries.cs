using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;

namespace TahoChat.Api.Conversations;

/// <summary>The questions that more than one place asks.</summary>
internal static class ConversationQueries
{
    /// <summary>The owner's conversation, or null: another's, or one in the trash, looks like none.</summary>
    public static Conversation? FindConversation(this ChatDbContext context, string ownerId, long id) =>
        context.Conversations.Of(ownerId).SingleOrDefault(conversation => conversation.Id == id);

    /// <summary>The same, also of the trash.</summary>
    public static Conversation? FindEvenInTrash(this ChatDbContext context, string ownerId, long id) =>
        context.Conversations.SingleOrDefault(conversation => conversation.Id == id && conversation.OwnerId == ownerId);

    /// <summary>An owner's conversations without those in the trash, in no order.</summary>
    public static IQueryable<Conversation> Of(this IQueryable<Conversation> conversations, string ownerId) =>
        conversations.Where(conversation => conversation.OwnerId == ownerId && conversation.DeletedAt == null);

    /// <summary>An owner's conversations, archived ones among them, by last activity; the later id first where that is the same.</summary>
    public static IQueryable<Conversation> LatestOf(this IQueryable<Conversation> conversations, string ownerId) =>
        conversations.Of(ownerId)
            .OrderByDescending(conversation => conversation.UpdatedAt)
            .ThenByDescending(conversation => conversation.Id);

    /// <summary>Conversations as the list shows them, in the order that <paramref name="select"/> gives.</summary>
    public static async Task<List<ConversationSummary>> SummariesAsync(
        this ChatDbContext context,
        Func<IQueryable<Conversation>, IQueryable<Conversation>> select,
        CancellationToken cancellationToken)
    {
        // A correlated FirstOrDefault here would number the rows of the whole messages table.
        var rows = await select(context.Conversations)
            .LeftJoin(
                context.Messages,
                conversation => conversation.HeadId,
                message => (long?)message.Id,
                (conversation, head) => new { Conversation = conversation, Head = head })
            .ToListAsync(cancellationToken);
        await context.WithTagsAsync([.. rows.Select(row => row.Conversation)], cancellationToken);
        var growing = await context.GrowingAsync([.. rows.Select(row => row.Conversation.Id)], cancellationToken);
        return rows.ConvertAll(row => ConversationSummary.From(row.Conversation, row.Head, growing.Contains(row.Conversation.Id)));
    }

    /// <summary>Those of the conversations in which a reply grows or waits, on whichever branch.</summary>
    public static async Task<IReadOnlySet<long>> GrowingAsync(
        this ChatDbContext context, IReadOnlyCollection<long> conversationIds, CancellationToken cancellationToken) =>
        (await context.Messages
            .Where(message => (message.Status == MessageStatus.Streaming || message.Status == MessageStatus.Queued)
                && conversationIds.Contains(message.ConversationId))
            .Select(message => message.ConversationId)
            .ToListAsync(cancellationToken)).ToHashSet();

    /// <summary>A whole conversation as clients see it.</summary>
    public static async Task<ConversationResponse> WholeAsync(
        this ChatDbContext context, Conversation conversation, CancellationToken cancellationToken)
    {
        await context.WithTagsAsync([conversation], cancellationToken);
        var path = await context.PathAsync(conversation.HeadId, cancellationToken);
        var siblings = (await context.Messages
                .Where(message => message.ConversationId == conversation.Id && message.Status != MessageStatus.Removed)
                .OrderBy(message => message.Id)
                .Select(message => new { message.Id, message.ParentId })
                .ToListAsync(cancellationToken))
            .ToLookup(message => message.ParentId, message => message.Id);
        return ConversationResponse.From(conversation, path.Select(message =>
            MessageResponse.From(message) with { SiblingIds = siblings[message.ParentId].ToList() is { Count: > 1 } ids ? ids : null }));
    }

    /// <summary>The leaf of the newest path that leads through a message; null where there is no such message.</summary>
    public static long? LeafThrough(this ChatDbContext context, long conversationId, long messageId) =>
        context.Database.SqlQuery<long?>(
            $"""
            WITH RECURSIVE branch(id) AS (
                SELECT id FROM messages WHERE id = {messageId} AND conversation_id = {conversationId} AND status <> 'removed'
                UNION ALL
                SELECT child.id FROM messages child JOIN branch ON child.parent_id = branch.id WHERE child.status <> 'removed')
            SELECT max(id) AS Value FROM branch
            WHERE NOT EXISTS (SELECT 1 FROM messages child WHERE child.parent_id = branch.id AND child.status <> 'removed')
            """).AsEnumerable().Single();

    /// <summary>The messages from the root to <paramref name="leafId"/>, oldest first, with what is attached to them; the
    /// last <paramref name="limit"/> of them.</summary>
    public static async Task<List<Message>> PathAsync(
        this ChatDbContext context, long? leafId, CancellationToken cancellationToken, int limit = int.MaxValue)
    {
        if (leafId is null) return [];
        var path = await context.Messages.FromSql(
            $"""
            WITH RECURSIVE path(id, parent_id, count) AS (
                SELECT id, parent_id, 1 FROM messages WHERE id = {leafId}
                UNION ALL
                SELECT parent.id, parent.parent_id, path.count + 1 FROM messages parent JOIN path ON parent.id = path.parent_id
                WHERE path.count < {limit})
            SELECT messages.* FROM messages JOIN path ON messages.id = path.id
            """).ToListAsync(cancellationToken);
        path.Sort((left, right) => left.Depth.CompareTo(right.Depth));
        return await context.WithAttachmentsAsync(path, cancellationToken);
    }
}
