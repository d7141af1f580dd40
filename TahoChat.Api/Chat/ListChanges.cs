using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>What changed in an owner's list, up to its revision <paramref name="Latest"/>, in the order of the revisions.</summary>
public sealed record ListChange(long Latest, IReadOnlyList<ServerEvent> Events);

/// <summary>Reads what changed in lists: once for all watchers that have the same and were woken by the same change.</summary>
public sealed class ListChanges(ChangeFeed feed, IDbContextFactory<ChatDbContext> contexts)
{
    /// <summary>A client that missed more than this loads the list again.</summary>
    public const int Most = 200;

    private readonly ConcurrentDictionary<string, Reading> _readings = new();
    private int _reads;

    /// <summary>How often the database was asked.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>The changes after <paramref name="since"/>; one more than <see cref="Most"/> where there are more than that.</summary>
    public async Task<ListChange> SinceAsync(string ownerId, long since, CancellationToken cancellationToken)
    {
        // A reading that began at this version has all that was published before it was asked for: whoever sees the same
        // version may share it, and a later change wakes both again.
        var key = (since, feed.Version);
        var reading = _readings.AddOrUpdate(
            ownerId, _ => Begin(ownerId, key), (_, last) => last.Key == key && !last.Changes.IsFaulted ? last : Begin(ownerId, key));
        return await reading.Changes.WaitAsync(cancellationToken);
    }

    private Reading Begin(string ownerId, (long Since, long Version) key) => new(key, new(() => Task.Run(() => ReadAsync(ownerId, key.Since))));

    /// <summary>The latest revision is read before the changes: what is saved in between comes twice rather than never.</summary>
    private async Task<ListChange> ReadAsync(string ownerId, long since)
    {
        Interlocked.Increment(ref _reads);
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        var latest = await context.LatestRevisionAsync(ownerId, CancellationToken.None);
        var changed = await context.SummariesAsync(
            conversations => conversations.Of(ownerId).Where(conversation => conversation.Revision > since)
                .OrderBy(conversation => conversation.Revision).Take(Most + 1),
            CancellationToken.None);
        var trashed = await context.Conversations
            .Where(conversation => conversation.OwnerId == ownerId && conversation.Revision > since && conversation.DeletedAt != null)
            .OrderBy(conversation => conversation.Revision).Take(Most + 1)
            .Select(conversation => new ConversationDeletedEvent(conversation.Id, conversation.Revision))
            .ToListAsync(CancellationToken.None);
        var deleted = await context.Tombstones
            .Where(tombstone => tombstone.OwnerId == ownerId && tombstone.Revision > since)
            .OrderBy(tombstone => tombstone.Revision).Take(Most + 1)
            .Select(tombstone => new ConversationDeletedEvent(tombstone.ConversationId, tombstone.Revision))
            .ToListAsync(CancellationToken.None);
        // In the order of their revisions: a client that is cut off in between goes on from the last one it saw.
        var events = changed.Select(conversation => (conversation.Revision, Event: (ServerEvent)ConversationEvent.From(conversation)))
            .Concat(trashed.Concat(deleted).Select(gone => (gone.Revision, Event: (ServerEvent)gone)))
            .OrderBy(change => change.Revision)
            .Select(change => change.Event);
        return new ListChange(latest, [.. events]);
    }

    /// <summary>Begun by the first who asks for its changes.</summary>
    private sealed record Reading((long Since, long Version) Key, Lazy<Task<ListChange>> Begun)
    {
        public Task<ListChange> Changes => Begun.Value;
    }
}
