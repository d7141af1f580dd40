using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Trash;

/// <summary>Takes conversations out of the trash, to the list or for good; who watches the list is told after the commit.</summary>
public sealed class TrashWriter(DatabaseWriter writer, GenerationHub hub, ChangeFeed feed, TrashSettings settings, TimeProvider time)
{
    /// <summary>The conversation, back where it was, or null where the trash has none.</summary>
    public async Task<Conversation?> RestoreAsync(string ownerId, long id, CancellationToken cancellationToken)
    {
        var restored = await writer.WriteAsync(context =>
        {
            if (context.FindEvenInTrash(ownerId, id) is not { DeletedAt: not null } conversation) return null;
            conversation.DeletedAt = null;
            context.Touch(conversation);
            context.SaveChanges();
            return conversation;
        }, cancellationToken);
        if (restored is not null) feed.Publish(ownerId, id);
        return restored;
    }

    /// <summary>Deletes a conversation for good, with its messages, and the attachments that no other has; false where the trash
    /// has none. No late write brings it back.</summary>
    public Task<bool> PurgeAsync(string ownerId, long id, CancellationToken cancellationToken) =>
        PurgeAsync(ownerId, id, DateTime.MaxValue, cancellationToken);

    /// <summary>Deletes for good what the trash has now. One write each: nobody waits for all of it.</summary>
    public async Task EmptyAsync(ChatDbContext context, string ownerId, CancellationToken cancellationToken)
    {
        var ids = await context.Conversations.InTrashOf(ownerId).Select(conversation => conversation.Id).ToListAsync(cancellationToken);
        foreach (var id in ids) await PurgeAsync(ownerId, id, cancellationToken);
    }

    /// <summary>Deletes for good what is in the trash longer than it may be; returns how many that were.</summary>
    public async Task<int> PurgeOldAsync(ChatDbContext context, CancellationToken cancellationToken)
    {
        if (settings.Days == 0) return 0;
        var before = time.GetUtcNow().UtcDateTime.AddDays(-settings.Days);
        var old = await context.Conversations
            .Where(conversation => conversation.DeletedAt != null && conversation.DeletedAt <= before)
            .Select(conversation => new { conversation.OwnerId, conversation.Id })
            .ToListAsync(cancellationToken);
        var count = 0;
        foreach (var row in old) count += await PurgeAsync(row.OwnerId, row.Id, before, cancellationToken) ? 1 : 0;
        return count;
    }

    /// <param name="before">One that came to the trash later, because it was restored meanwhile, stays.</param>
    private async Task<bool> PurgeAsync(string ownerId, long id, DateTime before, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var purged = await writer.WriteAsync(context => Purge(context, ownerId, id, before, now), cancellationToken);
        if (!purged) return false;
        hub.Drop(id);
        feed.Publish(ownerId, id);
        return true;
    }

    private static bool Purge(ChatDbContext context, string ownerId, long id, DateTime before, DateTime now)
    {
        var attachments = context.AttachmentsIn(id);
        if (context.Conversations.InTrashOf(ownerId).Where(row => row.Id == id && row.DeletedAt <= before).ExecuteDelete() == 0) return false;
        context.DeleteUnplaced(context.Attachments.Where(attachment => attachments.Contains(attachment.Id)));
        context.Tombstones.Add(new Tombstone
        {
            ConversationId = id,
            OwnerId = ownerId,
            Revision = context.NextRevision(ownerId),
            DeletedAt = now,
        });
        context.SaveChanges();
        return true;
    }
}
