using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>Tells a socket what changes in the list of conversations.</summary>
internal sealed class ListWatch(ChatSocket socket, ChangeFeed feed, IDbContextFactory<ChatDbContext> contexts, string ownerId)
{
    /// <summary>A client that missed more than this loads the list again.</summary>
    private const int MostChanges = 200;

    public async Task RunAsync(long since, CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(ownerId, null);
        for (var first = true; ; first = false)
        {
            var (latest, events) = await ReadAsync(since, cancellationToken);
            if (latest < since || events.Count > MostChanges)
            {
                await socket.SendAsync(new ResyncEvent(null), cancellationToken);
                return;
            }

            foreach (var change in events) await socket.SendAsync(change, cancellationToken);
            since = latest;
            if (first) await socket.SendAsync(new WatchingEvent(null, latest), cancellationToken);
            await subscription.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The latest revision is read before the changes: what is saved in between comes twice rather than never.</summary>
    private async Task<(long Latest, List<ServerEvent> Events)> ReadAsync(long since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = await context.LatestRevisionAsync(ownerId, cancellationToken);
        var changed = await context.SummariesAsync(
            conversations => conversations.Where(conversation => conversation.OwnerId == ownerId && conversation.Revision > since)
                .OrderBy(conversation => conversation.Revision).Take(MostChanges + 1),
            cancellationToken);
        var deleted = await context.Tombstones
            .Where(tombstone => tombstone.OwnerId == ownerId && tombstone.Revision > since)
            .OrderBy(tombstone => tombstone.Revision).Take(MostChanges + 1)
            .ToListAsync(cancellationToken);
        // In the order of their revisions: a client that is cut off in between goes on from the last one it saw.
        var events = changed.Select(conversation => (conversation.Revision, Event: (ServerEvent)ConversationEvent.From(conversation)))
            .Concat(deleted.Select(tombstone =>
                (tombstone.Revision, Event: (ServerEvent)new ConversationDeletedEvent(tombstone.ConversationId, tombstone.Revision))))
            .OrderBy(change => change.Revision)
            .Select(change => change.Event);
        return (latest, [.. events]);
    }
}
