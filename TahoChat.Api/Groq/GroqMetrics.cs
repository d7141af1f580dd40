using System.Diagnostics.Metrics;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Groq;

/// <summary>What completions take, by the conventions for generative AI (1.41), and how the provider is.</summary>
/// <remarks>https://github.com/open-telemetry/semantic-conventions/blob/v1.41.0/docs/gen-ai/gen-ai-metrics.md. Instruments that
/// nobody listens to cost a comparison each.</remarks>
public sealed class GroqMetrics
{
    /// <summary>The name to listen to.</summary>
    public const string MeterName = "TahoChat.Groq";

    private readonly Counter<long> _retries;
    private readonly BoundedNames _models = new();
    private readonly GroqEndpoint _endpoint;
    private readonly LimitKeeper _limits;
    private readonly ProviderCircuit _circuit;
    private readonly TimeProvider _time;

    public GroqMetrics(IMeterFactory meters, GroqEndpoint endpoint, LimitKeeper limits, ProviderCircuit circuit, TimeProvider time)
    {
        (_endpoint, _limits, _circuit, _time) = (endpoint, limits, circuit, time);
        var meter = meters.Create(MeterName);
        InstrumentAdvice<double> seconds = new() { HistogramBucketBoundaries = Buckets.Operation };
        Duration = meter.CreateHistogram("gen_ai.client.operation.duration", "s", "How long completions took, retries included.", null, seconds);
        FirstChunk = meter.CreateHistogram(
            "gen_ai.client.operation.time_to_first_chunk", "s", "From the request to the first text of a streamed completion, retries included.", null, seconds);
        Chunk = meter.CreateHistogram(
            "gen_ai.client.operation.time_per_output_chunk", "s", "From each text of a streamed completion to the next.", null, seconds);
        Tokens = meter.CreateHistogram(
            "gen_ai.client.token.usage", "{token}", "Tokens that the provider counted.", null, new InstrumentAdvice<long> { HistogramBucketBoundaries = Buckets.Tokens });
        CachedTokens = meter.CreateCounter<long>("tahochat.provider.tokens.cached", "{token}", "Input tokens that the provider had in its cache.");
        ReasoningTokens = meter.CreateCounter<long>("tahochat.provider.tokens.reasoning", "{token}", "Output tokens that were reasoning.");
        _retries = meter.CreateCounter<long>("tahochat.provider.retries", "{retry}", "Requests that were sent again before their first text.");
        Observe(meter);
    }

    /// <summary>A completion begins; dispose of it when it has ended, however it did.</summary>
    internal CompletionMeter Begin(string model) => new(this, _models.Of(model));

    internal Histogram<double> Duration { get; }

    internal Histogram<double> FirstChunk { get; }

    internal Histogram<double> Chunk { get; }

    internal Histogram<long> Tokens { get; }

    internal Counter<long> CachedTokens { get; }

    internal Counter<long> ReasoningTokens { get; }

    internal Uri? Server => _endpoint.BaseUrl;

    internal TimeProvider Time => _time;

    /// <summary>A model's name as an attribute.</summary>
    internal string ModelName(string model) => _models.Of(model);

    /// <summary>A request is sent again, of a model by its name as an attribute.</summary>
    internal void Retrying(string model, string code)
    {
        if (_retries.Enabled) _retries.Add(1, new(Conventions.GenAi.RequestModel, model), new(Conventions.ErrorType, code));
    }

    private void Observe(Meter meter)
    {
        meter.CreateObservableGauge("tahochat.provider.circuit", ObserveCircuit, "1", "1 for the state that the circuit to the provider is in, 0 for the others.");
        meter.CreateObservableGauge("tahochat.provider.requests.remaining", () => Headroom(limits => limits.Requests, Left), "{request}", "Requests of the day that are left, as the provider said last.");
        meter.CreateObservableGauge("tahochat.provider.requests.limit", () => Headroom(limits => limits.Requests, (limit, _) => limit.Limit), "{request}", "Requests that a day has.");
        meter.CreateObservableGauge("tahochat.provider.tokens.remaining", () => Headroom(limits => limits.Tokens, Left), "{token}", "Tokens of the minute that are left, as the provider said last.");
        meter.CreateObservableGauge("tahochat.provider.tokens.limit", () => Headroom(limits => limits.Tokens, (limit, _) => limit.Limit), "{token}", "Tokens that a minute has.");
    }

    private static long Left(RateLimit limit, TimeSpan since) => limit.RemainingAfter(since);

    private IEnumerable<Measurement<int>> ObserveCircuit() => ProviderCircuit.States.Select(state =>
        new Measurement<int>(state == _circuit.State ? 1 : 0, new KeyValuePair<string, object?>(Conventions.TahoChat.CircuitState, state)));

    private IEnumerable<Measurement<long>> Headroom(Func<RateLimits, RateLimit?> kind, Func<RateLimit, TimeSpan, long> value)
    {
        foreach (var seen in _limits.All)
        {
            if (kind(seen.Limits) is { } limit)
                yield return new(value(limit, _time.GetUtcNow() - seen.SeenAt), new KeyValuePair<string, object?>(Conventions.GenAi.RequestModel, _models.Of(seen.Model)));
        }
    }
}
