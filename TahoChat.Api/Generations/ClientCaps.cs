using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace TahoChat.Api.Generations;

/// <summary>How much one client may ask for: sends a minute, and replies that grow at the same time; and how many of those
/// the whole server has.</summary>
public sealed class ClientCaps(Limits limits) : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _growing = new();
    private int _allGrowing;

    private readonly PartitionedRateLimiter<string> _sends = PartitionedRateLimiter.Create<string, string>(client =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.SendsPerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limits.SendsPerMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    /// <summary>Replies that grow, of all clients.</summary>
    public int Growing => Volatile.Read(ref _allGrowing);

    /// <summary>Counts a send; refuses it where there were too many. A reply that waits in the queue does not grow.</summary>
    public ChatError? Admit(string client, bool queued)
    {
        if (!queued && _growing.GetValueOrDefault(client) >= limits.GrowingReplies)
        {
            return new ChatError(
                "overloaded", "Too many replies are growing at once. Please wait until one has ended.", true, TimeSpan.FromSeconds(1));
        }

        if (!queued && Growing >= limits.ServerGrowingReplies)
        {
            // Spread, so that those who were refused do not all come back at once.
            return new ChatError(
                "overloaded", "The server is busy with other replies. Please try again in a moment.", true,
                TimeSpan.FromMilliseconds(Random.Shared.Next(1000, 2000)));
        }

        using var lease = _sends.AttemptAcquire(client);
        if (lease.IsAcquired) return null;
        return new ChatError("rate_limited", "Too many messages. Please wait a moment.", true,
            lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(3));
    }

    /// <summary>A reply of the client grows from now on.</summary>
    public void Grow(string client)
    {
        Interlocked.Increment(ref _allGrowing);
        _growing.AddOrUpdate(client, 1, (_, count) => count + 1);
    }

    /// <summary>It grows no longer.</summary>
    public void Shrink(string client)
    {
        Interlocked.Decrement(ref _allGrowing);
        if (_growing.AddOrUpdate(client, 0, (_, count) => count - 1) <= 0) _growing.TryRemove(new(client, 0));
    }

    public void Dispose() => _sends.Dispose();
}
