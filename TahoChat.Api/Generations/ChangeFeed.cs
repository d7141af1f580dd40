using System.Threading.Channels;

namespace TahoChat.Api.Generations;

/// <summary>Wakes those who watch a conversation or the list. It carries no news itself: who wakes reads what changed
/// since the revision that it has, so nothing can be lost or come twice.</summary>
public sealed class ChangeFeed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Topic, HashSet<Subscription>> _topics = [];
    private long _version;

    /// <summary>Counts the changes that were published: what is read after it was seen has all of them.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>How many watch.</summary>
    public int Subscriptions
    {
        get
        {
            lock (_lock) return _topics.Values.Sum(subscriptions => subscriptions.Count);
        }
    }

    /// <summary>Subscribe first, read then: a change in between wakes. Without <paramref name="conversationId"/>, the
    /// list of the owner's conversations.</summary>
    public Subscription Subscribe(string ownerId, long? conversationId)
    {
        var subscription = new Subscription(this, new Topic(ownerId, conversationId));
        lock (_lock)
        {
            if (!_topics.TryGetValue(subscription.Topic, out var subscriptions)) _topics[subscription.Topic] = subscriptions = [];
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>A conversation changed, and with it the list. Call it after the commit.</summary>
    public void Publish(string ownerId, long conversationId)
    {
        lock (_lock)
        {
            _version++;
            Wake(new Topic(ownerId, conversationId));
            Wake(new Topic(ownerId, null));
        }
    }

    private void Wake(Topic topic)
    {
        if (!_topics.TryGetValue(topic, out var subscriptions)) return;
        foreach (var subscription in subscriptions) subscription.Wake();
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            if (_topics.TryGetValue(subscription.Topic, out var subscriptions)
                && subscriptions.Remove(subscription) && subscriptions.Count == 0)
            {
                _topics.Remove(subscription.Topic);
            }
        }
    }

    internal readonly record struct Topic(string OwnerId, long? ConversationId);

    /// <summary>One watcher's bell; rings once however much changed meanwhile.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly ChangeFeed _feed;

        private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        internal Subscription(ChangeFeed feed, Topic topic) => (_feed, Topic) = (feed, topic);

        internal Topic Topic { get; }

        /// <summary>Waits until something changed since the last wait.</summary>
        public async Task WaitAsync(CancellationToken cancellationToken) => await _bell.Reader.ReadAsync(cancellationToken);

        public void Dispose() => _feed.Remove(this);

        internal void Wake() => _bell.Writer.TryWrite(true);
    }
}
