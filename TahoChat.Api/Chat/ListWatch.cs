using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>Tells a socket what changes in the list of conversations.</summary>
internal sealed class ListWatch(ChatSocket socket, ChangeFeed feed, ListChanges changes, string ownerId)
{
    public async Task RunAsync(long since, CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(ownerId, null);
        for (var first = true; ; first = false)
        {
            var (latest, events) = await changes.SinceAsync(ownerId, since, cancellationToken);
            if (latest < since || events.Count > ListChanges.Most)
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
}
