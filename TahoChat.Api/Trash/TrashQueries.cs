using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Trash;

/// <summary>What the trash has.</summary>
internal static class TrashQueries
{
    /// <summary>An owner's conversations in the trash, in no order.</summary>
    public static IQueryable<Conversation> InTrashOf(this IQueryable<Conversation> conversations, string ownerId) =>
        conversations.Where(conversation => conversation.OwnerId == ownerId && conversation.DeletedAt != null);

    /// <summary>The last deleted first, from <paramref name="cursor"/> on; one more than <paramref name="limit"/> where there are more.</summary>
    public static async Task<List<TrashedConversation>> TrashAsync(
        this ChatDbContext context, string ownerId, TrashSettings settings, PageCursor? cursor, int limit, CancellationToken cancellationToken)
    {
        var trash = context.Conversations.InTrashOf(ownerId);
        if (cursor is { } after)
            trash = trash.Where(row => row.DeletedAt <= after.Time && (row.DeletedAt < after.Time || row.Id < after.Id));
        var rows = await trash
            .OrderByDescending(row => row.DeletedAt).ThenByDescending(row => row.Id)
            .Take(limit + 1)
            .LeftJoin(
                context.Messages,
                row => row.HeadId,
                message => (long?)message.Id,
                (row, head) => new { row.Id, row.Title, row.CreatedAt, row.UpdatedAt, DeletedAt = row.DeletedAt!.Value, Depth = (int?)head!.Depth })
            .OrderByDescending(row => row.DeletedAt).ThenByDescending(row => row.Id)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new TrashedConversation(
            row.Id, row.Title, row.CreatedAt, row.UpdatedAt, row.Depth ?? 0, row.DeletedAt, settings.GoneAt(row.DeletedAt)));
    }
}
