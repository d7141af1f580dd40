using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;

namespace TahoChat.Api.Conversations;

/// <summary>The questions that more than one place asks.</summary>
internal static class ConversationQueries
{
    /// <summary>The owner's conversation, or null: another's looks like none.</summary>
    public static Conversation? FindConversation(this ChatDbContext context, string ownerId, long id) =>
        context.Conversations.SingleOrDefault(conversation => conversation.Id == id && conversation.OwnerId == ownerId);

    /// <summary>An owner's conversations, by last activity; the later id first where that is the same.</summary>
    public static IQueryable<Conversation> LatestOf(this IQueryable<Conversation> conversations, string ownerId) =>
        conversations.Where(conversation => conversation.OwnerId == ownerId)
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
        return rows.ConvertAll(row => ConversationSummary.From(row.Conversation, row.Head));
    }

    /// <summary>The messages from the root to <paramref name="leafId"/>, oldest first.</summary>
    public static async Task<List<Message>> PathAsync(
        this ChatDbContext context, long? leafId, CancellationToken cancellationToken)
    {
        if (leafId is null) return [];
        var path = await context.Messages.FromSql(
            $"""
            WITH RECURSIVE path(id, parent_id) AS (
                SELECT id, parent_id FROM messages WHERE id = {leafId}
                UNION ALL
                SELECT parent.id, parent.parent_id FROM messages parent JOIN path ON parent.id = path.parent_id)
            SELECT messages.* FROM messages JOIN path ON messages.id = path.id
            """).ToListAsync(cancellationToken);
        path.Sort((left, right) => left.Depth.CompareTo(right.Depth));
        return path;
    }
}
