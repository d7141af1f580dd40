using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;
using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>What became of a conversation of the file.</summary>
internal enum ImportOutcome
{
    Imported,

    /// <summary>It is here already, the same.</summary>
    Unchanged,

    /// <summary>It is here, and is not as in the file: it is left alone.</summary>
    Changed,

    /// <summary>It is in the trash: it is left alone.</summary>
    InTrash,
}

/// <summary>Writes conversations one at a time, in pieces that let others write in between; a conversation is seen when all of it is there.</summary>
internal sealed class ImportWriter(DatabaseWriter writer, IDbContextFactory<ChatDbContext> contexts, TimeProvider time)
{
    /// <summary>Whose a conversation is while it is being written: nobody's. What a process that ended left is deleted.</summary>
    public const string Nobody = "importing";

    /// <summary>Messages of one write.</summary>
    private const int Chunk = 100;

    /// <summary>UTF-16 code units of their text.</summary>
    private const int ChunkText = 512 * 1024;

    /// <summary>The outcome, and the conversation's id where there is a new one.</summary>
    public async Task<(ImportOutcome Outcome, long Id)> WriteAsync(string ownerId, ImportItem item, CancellationToken cancellationToken)
    {
        if (await FindAsync(ownerId, item, cancellationToken) is { } known) return (known, 0);
        var conversation = await IsTakenAsync(ownerId, item, cancellationToken) ? Renamed(ownerId, item.Conversation) : item.Conversation;
        var rows = new ImportRows(ownerId, conversation, time.GetUtcNow().UtcDateTime);
        var chunks = Chunks(conversation.Messages!);
        var files = item.Conversation.Messages!.SelectMany(message => message.Attachments ?? []).Select(attachment => attachment.Uid).Distinct().ToList();
        if (chunks.Count <= 1 && files.Count == 0)
        {
            return (ImportOutcome.Imported, await writer.WriteAsync(context =>
            {
                rows.Begin(context);
                foreach (var chunk in chunks) rows.Add(context, chunk);
                return rows.End(context);
            }, cancellationToken));
        }

        await writer.WriteAsync(rows.Begin, cancellationToken);
        foreach (var chunk in chunks) await writer.WriteAsync(context => rows.Add(context, chunk), cancellationToken);
        foreach (var uid in files)
        {
            var bytes = await item.BytesAsync(uid, cancellationToken);
            var kept = ReferenceEquals(conversation, item.Conversation) ? uid : RenamedUid(ownerId, item.Conversation, uid);
            await writer.WriteAsync(context => rows.Add(context, kept, bytes), cancellationToken);
        }

        return (ImportOutcome.Imported, await writer.WriteAsync(rows.End, cancellationToken));
    }

    /// <summary>Deletes what a process that ended left half written.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var left = await context.Conversations.Where(conversation => conversation.OwnerId == Nobody).Select(conversation => conversation.Id).ToListAsync(cancellationToken);
        foreach (var id in left)
        {
            await writer.WriteAsync(tracked =>
            {
                var attachments = tracked.AttachmentsIn(id);
                tracked.Conversations.Where(conversation => conversation.Id == id).ExecuteDelete();
                tracked.DeleteUnplaced(tracked.Attachments.Where(attachment => attachments.Contains(attachment.Id)));
            }, cancellationToken);
        }
    }

    private static List<PortableMessage[]> Chunks(IReadOnlyList<PortableMessage> messages)
    {
        var chunks = new List<PortableMessage[]>();
        var (begin, text) = (0, 0L);
        for (var at = 0; at < messages.Count; at++)
        {
            text += messages[at].Content.Length + (messages[at].Reasoning?.Length ?? 0);
            if (at + 1 < messages.Count && at + 1 - begin < Chunk && text < ChunkText) continue;
            chunks.Add([.. messages.Skip(begin).Take(at + 1 - begin)]);
            (begin, text) = (at + 1, 0);
        }

        return chunks;
    }

    /// <summary>What there is of it already; null where that is nothing.</summary>
    private async Task<ImportOutcome?> FindAsync(string ownerId, ImportItem item, CancellationToken cancellationToken)
    {
        var renamed = new Lazy<PortableConversation>(() => Renamed(ownerId, item.Conversation));
        Guid[] uids = [item.Conversation.Uid, RenamedUid(ownerId, item.Conversation, item.Conversation.Uid)];
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await context.Conversations.Where(conversation => conversation.OwnerId == ownerId && uids.Contains(conversation.Uid)).ToListAsync(cancellationToken);
        if (known.Count == 0) return null;
        if (known.TrueForAll(conversation => conversation.DeletedAt is not null)) return ImportOutcome.InTrash;
        await using var snapshot = await Snapshot.OpenAsync(contexts, ownerId, cancellationToken);
        foreach (var conversation in known.Where(conversation => conversation.DeletedAt is null))
        {
            var there = await Fingerprint.OfAsync(snapshot, conversation, cancellationToken);
            if (there == await Fingerprint.OfAsync(item.Conversation, cancellationToken) || there == await Fingerprint.OfAsync(renamed.Value, cancellationToken))
                return ImportOutcome.Unchanged;
        }

        return ImportOutcome.Changed;
    }

    /// <summary>Whether another owner, or another conversation, has one of its uids; an attachment may be in several conversations.</summary>
    private async Task<bool> IsTakenAsync(string ownerId, ImportItem item, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Conversations.AnyAsync(conversation => conversation.Uid == item.Conversation.Uid, cancellationToken)) return true;
        foreach (var uids in item.Conversation.Messages!.Select(message => message.Uid).Chunk(500))
        {
            if (await context.Messages.AnyAsync(message => uids.Contains(message.Uid), cancellationToken)) return true;
        }

        foreach (var wanted in item.Conversation.Messages!.SelectMany(message => message.Attachments ?? []).DistinctBy(attachment => attachment.Uid))
        {
            if (await context.Attachments.SingleOrDefaultAsync(attachment => attachment.Uid == wanted.Uid, cancellationToken) is not { } there) continue;
            if (there.OwnerId != ownerId || there.Name != wanted.Name || there.CreatedAt != wanted.CreatedAt) return true;
            var content = await context.AttachmentContents.SingleOrDefaultAsync(row => row.AttachmentId == there.Id, cancellationToken);
            var bytes = await item.BytesAsync(wanted.Uid, cancellationToken);
            if (content is null || !content.Content.AsSpan().SequenceEqual(bytes)) return true;
        }

        return false;
    }

    /// <summary>The same with uids of its own; they are the same the next time.</summary>
    private static PortableConversation Renamed(string ownerId, PortableConversation conversation)
    {
        return conversation with
        {
            Uid = Of(conversation.Uid),
            Head = conversation.Head is { } head ? Of(head) : null,
            Messages = [.. conversation.Messages!.Select(message => message with
            {
                Uid = Of(message.Uid),
                Parent = message.Parent is { } parent ? Of(parent) : null,
                Attachments = message.Attachments?.Select(attachment => attachment with { Uid = Of(attachment.Uid) }).ToList(),
            })],
        };

        Guid Of(Guid uid) => RenamedUid(ownerId, conversation, uid);
    }

    private static Guid RenamedUid(string ownerId, PortableConversation conversation, Guid uid) =>
        ImportUid.Of(ownerId, "tahochat", conversation.Uid.ToString(), uid.ToString());
}
