using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Limits;

/// <summary>Groq's limiter: four buckets a model that refill continuously. What is used is counted always, and refused only while
/// <see cref="IsEnforced"/>. Safe from any thread.</summary>
internal sealed class RateLimiter(GroqEmulatorOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Buckets> _models = [];
    private RateLimits _limits = options.RateLimits;
    private bool _isEnforced = options.EnforcesRateLimits;

    public RateLimits Limits
    {
        get { lock (_gate) return _limits; }
    }

    public bool IsEnforced
    {
        get { lock (_gate) return _isEnforced; }
    }

    /// <summary>From now on these; what is used of the old ones is forgotten.</summary>
    public void Set(RateLimits limits, bool isEnforced)
    {
        lock (_gate)
        {
            if (limits != _limits) _models.Clear();
            (_limits, _isEnforced) = (limits, isEnforced);
        }
    }

    /// <summary>As at the start: the limits that the options have, and nothing used.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _models.Clear();
            (_limits, _isEnforced) = (options.RateLimits, options.EnforcesRateLimits);
        }
    }

    /// <summary>What is used of each model that was asked.</summary>
    public IReadOnlyList<ModelUse> Use
    {
        get
        {
            lock (_gate) return [.. _models.Where(pair => pair.Key.Length > 0).Select(pair => Read(pair.Key, pair.Value)).OrderBy(use => use.Model)];
        }
    }

    /// <summary>Lets a request in, or says why not. One that is let in is charged.</summary>
    /// <param name="tokens">The prompt's and those that the reply may have: they are charged up front.</param>
    public RateDecision Take(string model, int tokens)
    {
        lock (_gate)
        {
            var buckets = Of(model);
            var refusal = _isEnforced ? Refusal(Read(model, buckets), tokens) : null;
            if (refusal is null) Charge(buckets, requests: 1, tokens);
            var use = Read(model, buckets);
            return new RateDecision(use.RequestsPerDay, use.TokensPerMinute, refusal);
        }
    }

    /// <summary>Charges what a request was not charged up front for, because it set no bound.</summary>
    public void Charge(string model, int tokens)
    {
        lock (_gate) Charge(Of(model), requests: 0, tokens);
    }

    private static GroqError? Refusal(ModelUse use, int tokens)
    {
        if (tokens > use.TokensPerMinute.Limit) return RateErrors.TooLarge(use.Model, use.TokensPerMinute.Limit, tokens);
        (RateUse Use, string What, int Wanted)[] limits =
        [
            (use.RequestsPerMinute, "requests per minute (RPM)", 1),
            (use.RequestsPerDay, "requests per day (RPD)", 1),
            (use.TokensPerMinute, "tokens per minute (TPM)", tokens),
            (use.TokensPerDay, "tokens per day (TPD)", tokens),
        ];
        foreach (var (limit, what, wanted) in limits)
        {
            if (limit.Used + wanted > limit.Limit) return RateErrors.Reached(use.Model, limit, what, wanted);
        }

        return null;
    }

    private void Charge(Buckets buckets, int requests, int tokens)
    {
        buckets.RequestsPerMinute.Charge(requests, _limits.RequestsPerMinute, time);
        buckets.RequestsPerDay.Charge(requests, _limits.RequestsPerDay, time);
        buckets.TokensPerMinute.Charge(tokens, _limits.TokensPerMinute, time);
        buckets.TokensPerDay.Charge(tokens, _limits.TokensPerDay, time);
    }

    /// <summary>Names of models that there are not share a place, or anybody could fill the memory with them.</summary>
    private Buckets Of(string model)
    {
        var key = ModelCatalog.Models.Any(known => known.Id == model) ? model : "";
        if (!_models.TryGetValue(key, out var buckets)) _models[key] = buckets = new Buckets();
        return buckets;
    }

    private ModelUse Read(string model, Buckets buckets) => new(
        model,
        Read(buckets.RequestsPerMinute, _limits.RequestsPerMinute),
        Read(buckets.RequestsPerDay, _limits.RequestsPerDay),
        Read(buckets.TokensPerMinute, _limits.TokensPerMinute),
        Read(buckets.TokensPerDay, _limits.TokensPerDay));

    /// <summary>Rounded up, but for what a double cannot hold: a bucket that has just refilled must let in.</summary>
    private RateUse Read(Bucket bucket, int limit) => new(limit, (int)Math.Ceiling(bucket.Used(limit, time) - 1e-6), bucket.Window);

    private sealed class Buckets
    {
        public Bucket RequestsPerMinute { get; } = new(TimeSpan.FromMinutes(1));

        public Bucket RequestsPerDay { get; } = new(TimeSpan.FromDays(1));

        public Bucket TokensPerMinute { get; } = new(TimeSpan.FromMinutes(1));

        public Bucket TokensPerDay { get; } = new(TimeSpan.FromDays(1));
    }
}
