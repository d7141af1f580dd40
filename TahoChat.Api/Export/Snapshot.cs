using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Export;

/// <summary>A file of the export: an attachment that some message has.</summary>
internal sealed record AttachmentFile(long Id, Guid Uid, AttachmentKind Kind, string MediaType);

/// <summary>A conversation's tree without its texts.</summary>
internal sealed record TreeRow(long Id, Guid Uid, long? ParentId);

/// <summary>All that one owner has, as it was at one moment: a read transaction on a connection of its own, which holds up no
/// writer. What is in the trash, and what was taken out of a queue, is not in it.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    /// <summary>Messages that are in memory at a time; a reply has 1 MiB at most.</summary>
    private const int Chunk = 50;

    private readonly ChatDbContext _context;
    private readonly SqliteTransaction _transaction;
    private readonly string _ownerId;

    private Snapshot(ChatDbContext context, SqliteTransaction transaction, string ownerId) =>
        (_context, _transaction, _ownerId) = (context, transaction, ownerId);

    public static async Task<Snapshot> OpenAsync(IDbContextFactory<ChatDbContext> contexts, string ownerId, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            // Deferred: one that could write would keep all others from writing.
            var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(IsolationLevel.Serializable, deferred: true);
            await context.Database.UseTransactionAsync(transaction, cancellationToken);
            return new Snapshot(context, transaction, ownerId);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    public async Task<ExportCounts> CountAsync(CancellationToken cancellationToken) => new(
        await Conversations().CountAsync(cancellationToken),
        await Messages().CountAsync(cancellationToken),
        await Attachments().CountAsync(cancellationToken),
        await _context.Prompts.CountAsync(prompt => prompt.OwnerId == _ownerId, cancellationToken));

    public async Task<List<PortablePrompt>> PromptsAsync(CancellationToken cancellationToken) =>
        (await _context.Prompts.Where(prompt => prompt.OwnerId == _ownerId).OrderBy(prompt => prompt.Uid).ToListAsync(cancellationToken))
        .ConvertAll(Portables.From);

    /// <summary>The conversations' ids, in the order of their uids.</summary>
    public Task<List<long>> ConversationIdsAsync(CancellationToken cancellationToken) =>
        Conversations().OrderBy(conversation => conversation.Uid).Select(conversation => conversation.Id).ToListAsync(cancellationToken);

    public Task<Conversation?> ConversationAsync(long id, CancellationToken cancellationToken) =>
        Conversations().SingleOrDefaultAsync(conversation => conversation.Id == id, cancellationToken);

    public Task<Conversation?> ConversationAsync(Guid uid, CancellationToken cancellationToken) =>
        Conversations().SingleOrDefaultAsync(conversation => conversation.Uid == uid, cancellationToken);

    /// <summary>The attachments, in the order of their uids.</summary>
    public Task<List<AttachmentFile>> AttachmentsAsync(CancellationToken cancellationToken) =>
        Attachments().OrderBy(attachment => attachment.Uid)
            .Select(attachment => new AttachmentFile(attachment.Id, attachment.Uid, attachment.Kind, attachment.MediaType))
            .ToListAsync(cancellationToken);

    public async Task<byte[]> ContentAsync(long attachmentId, CancellationToken cancellationToken) =>
        (await _context.AttachmentContents.SingleOrDefaultAsync(content => content.AttachmentId == attachmentId, cancellationToken))?.Content ?? [];

    /// <summary>A conversation up to its messages.</summary>
    public async Task<PortableConversation> HeadAsync(Conversation conversation, IReadOnlyList<TreeRow> tree, CancellationToken cancellationToken)
    {
        var tags = await _context.ConversationTags.Where(tag => tag.ConversationId == conversation.Id).ToListAsync(cancellationToken);
        tags.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        return Portables.From(conversation, tags.ConvertAll(tag => tag.Name), (tree.FirstOrDefault(row => row.Id == conversation.HeadId) ?? (tree.Count > 0 ? tree[^1] : null))?.Uid);
    }

    /// <summary>The tree in the order in which it was written. What was taken out of the queue is left out: what followed it follows what it followed.</summary>
    public async Task<List<TreeRow>> TreeAsync(long conversationId, CancellationToken cancellationToken)
    {
        var rows = await _context.Messages.Where(message => message.ConversationId == conversationId).OrderBy(message => message.Id)
            .Select(message => new { message.Id, message.Uid, message.ParentId, Removed = message.Status == MessageStatus.Removed })
            .ToListAsync(cancellationToken);
        var removed = rows.Where(row => row.Removed).ToDictionary(row => row.Id, row => row.ParentId);
        return [.. rows.Where(row => !row.Removed).Select(row => new TreeRow(row.Id, row.Uid, Kept(row.ParentId)))];

        long? Kept(long? parent)
        {
            while (parent is { } id && removed.TryGetValue(id, out var before)) parent = before;
            return parent;
        }
    }

    /// <summary>The rows on the way from the root to a leaf.</summary>
    public static List<TreeRow> Path(IReadOnlyList<TreeRow> tree, long? leafId)
    {
        var rows = tree.ToDictionary(row => row.Id);
        var path = new List<TreeRow>();
        for (var id = leafId; id is { } next && rows.TryGetValue(next, out var row); id = row.ParentId) path.Add(row);
        path.Reverse();
        return path;
    }

    /// <summary>The messages of these rows, in their order, some at a time.</summary>
    public async IAsyncEnumerable<Message> MessagesAsync(IReadOnlyList<TreeRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(Chunk))
        {
            var ids = chunk.Select(row => row.Id).ToList();
            var messages = await _context.Messages.Where(message => ids.Contains(message.Id)).ToListAsync(cancellationToken);
            var byId = (await _context.WithAttachmentsAsync(messages, cancellationToken)).ToDictionary(message => message.Id);
            foreach (var id in ids) yield return byId[id];
        }
    }

    /// <summary>The same as they move.</summary>
    public async IAsyncEnumerable<PortableMessage> PortablesAsync(IReadOnlyList<TreeRow> tree, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = tree.ToDictionary(row => row.Id);
        await foreach (var message in MessagesAsync(tree, cancellationToken))
        {
            var parent = rows[message.Id].ParentId;
            yield return Portables.From(message, parent is { } id && rows.TryGetValue(id, out var row) ? row.Uid : null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        // A context that goes back to its pool would keep it open.
        await _context.Database.CloseConnectionAsync();
        await _context.DisposeAsync();
    }

    private IQueryable<Conversation> Conversations() =>
        _context.Conversations.Where(conversation => conversation.OwnerId == _ownerId && conversation.DeletedAt == null);

    private IQueryable<Message> Messages() =>
        _context.Messages.Where(message => message.Status != MessageStatus.Removed)
            .Where(message => Conversations().Any(conversation => conversation.Id == message.ConversationId));

    private IQueryable<Attachment> Attachments() =>
        _context.Attachments.Where(attachment => attachment.OwnerId == _ownerId && _context.MessageAttachments
            .Any(place => place.AttachmentId == attachment.Id && Messages().Any(message => message.Id == place.MessageId)));
}
