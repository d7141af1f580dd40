using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace TahoChat.Api.Groq;

/// <summary>A model's limits, and when the provider told them.</summary>
public sealed record SeenLimits(string Model, RateLimits Limits, DateTimeOffset SeenAt);

/// <summary>Keeps what the provider said last of each model's limits. It asks nobody: what is left is known from the answers
/// that came anyway, and nothing is where a provider sends no such headers.</summary>
public sealed class LimitKeeper(TimeProvider time)
{
    // A name comes from people's choices too: nobody can fill the memory with them.
    private const int MostModels = 200;

    private readonly ConcurrentDictionary<string, SeenLimits> _seen = new(StringComparer.Ordinal);

    /// <summary>What is known, by the models' names.</summary>
    public IReadOnlyList<SeenLimits> All => [.. _seen.Values.OrderBy(seen => seen.Model, StringComparer.Ordinal)];

    /// <summary>An answer about <paramref name="model"/> came; one without limits changes nothing.</summary>
    public void Saw(string model, HttpResponseHeaders headers)
    {
        if (RateLimits.Read(headers) is not { } limits) return;
        if (_seen.Count >= MostModels && !_seen.ContainsKey(model)) return;
        _seen[model] = new SeenLimits(model, limits, time.GetUtcNow());
    }
}
