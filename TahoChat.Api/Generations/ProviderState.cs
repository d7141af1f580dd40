using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>How the provider did in the last turns; nobody calls it to find out.</summary>
/// <param name="Name"><c>unknown</c> where no turn says anything, <c>healthy</c>, <c>degraded</c>.</param>
/// <param name="Since">When it was first seen to be so; null for <c>unknown</c>.</param>
public readonly record struct ProviderHealth(string Name, DateTimeOffset? Since);

/// <summary>Judges the provider by the last ten turns of the last ten minutes: it is degraded while more of them failed for its
/// sake than not, two at least, or while the circuit to it is not closed.</summary>
public sealed class ProviderState(ProviderCircuit circuit, TimeProvider time)
{
    /// <summary>How many turns are looked at.</summary>
    public const int Turns = 10;

    /// <summary>One failure may be anything.</summary>
    private const int LeastFailures = 2;

    /// <summary>What a turn says about the provider when it is older than this, is no news.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, bool Failed)> _turns = new(Turns);
    private ProviderHealth _health = new("unknown", null);

    /// <summary>How it is now.</summary>
    public ProviderHealth Health
    {
        get
        {
            lock (_lock) return Judge();
        }
    }

    /// <summary>A turn ended. What a person did, or what was wrong with the request, says nothing about the provider.</summary>
    public void Saw(GenerationEnd end)
    {
        var failed = end.Error?.Code is "provider_unauthorized" or "provider_forbidden" or "provider_rate_limited" or "provider_daily_limit"
            or "provider_overloaded" or "provider_error" or "provider_unreachable" or "provider_timeout"
            or "provider_disconnected" or "provider_protocol";
        if (!failed && end.FinishReason is null or "stopped") return;
        lock (_lock)
        {
            if (_turns.Count == Turns) _turns.Dequeue();
            _turns.Enqueue((time.GetUtcNow(), failed));
            Judge();
        }
    }

    private ProviderHealth Judge()
    {
        var now = time.GetUtcNow();
        while (_turns.TryPeek(out var oldest) && now - oldest.At > Window) _turns.Dequeue();
        var failures = _turns.Count(turn => turn.Failed);
        var name = circuit.State != "closed" || (failures >= LeastFailures && failures * 2 > _turns.Count) ? "degraded"
            : _turns.Any(turn => !turn.Failed) ? "healthy"
            : "unknown";
        if (name != _health.Name) _health = new ProviderHealth(name, name == "unknown" ? null : now);
        return _health;
    }
}
