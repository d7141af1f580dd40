using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Telemetry;

/// <summary>A server that tells everything to a collector, and tries failed requests again at once.</summary>
public sealed class TelemetryFixture : IAsyncLifetime
{
    private OtlpCollector? _collector;

    public TestApi Api { get; private set; } = null!;

    internal OtlpCollector Collector => _collector!;

    public async ValueTask InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync(CancellationToken.None);
        Api = await _collector.ApiAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await _collector!.DisposeAsync();
    }
}

/// <summary>What the tests of traces ask again and again.</summary>
internal static class Traces
{
    /// <summary>A server that tells everything to this collector, with settings of its own.</summary>
    public static Task<TestApi> ApiAsync(
        this OtlpCollector collector, CancellationToken cancellationToken, Func<GroqSettings, GroqSettings>? groq = null,
        string? folder = null, params (string Name, string Value)[] more)
    {
        var settings = collector.Settings();
        foreach (var (name, value) in more) settings[name] = value;
        return TestApi.StartAsync(cancellationToken, settings, folder, services =>
        {
            var given = (GroqSettings)services.Last(service => service.ServiceType == typeof(GroqSettings)).ImplementationInstance!;
            var quick = given with { Backoff = TimeSpan.FromMilliseconds(20), BreakerFailures = int.MaxValue };
            services.AddSingleton(groq?.Invoke(quick) ?? quick);
        });
    }

    /// <summary>A trace by its id once the turn in it is there, which ends last; each span once, in the order of their beginnings.</summary>
    public static async Task<IReadOnlyList<CollectedSpan>> TurnAsync(this OtlpCollector collector, string traceId, CancellationToken cancellationToken, int turns = 1)
    {
        var spans = await collector.TraceAsync(traceId, spans => spans.DistinctBy(span => span.SpanId).Count(span => span.Name == "turn") == turns, cancellationToken);
        return [.. spans.DistinctBy(span => span.SpanId).OrderBy(span => span.Span.StartTimeUnixNano)];
    }

    /// <summary>The trace of the turn whose frames these are.</summary>
    public static Task<IReadOnlyList<CollectedSpan>> TurnAsync(this OtlpCollector collector, List<JsonObject> turn, CancellationToken cancellationToken) =>
        collector.TurnAsync(turn[0].Text("trace_id")!, cancellationToken);

    public static CollectedSpan One(this IEnumerable<CollectedSpan> trace, string name) => Assert.Single(trace, span => span.Name == name);

    /// <summary>The names of a span's children, as they began.</summary>
    public static IEnumerable<string> Under(this IEnumerable<CollectedSpan> trace, CollectedSpan parent) =>
        trace.Where(span => span.ParentId == parent.SpanId).Select(span => span.Name);

    public static List<CollectedEvent> Called(this IEnumerable<CollectedEvent> events, string name) => [.. events.Where(item => item.Name == name)];

    /// <summary>A browser's span, as it names it to the server.</summary>
    public static (string TraceId, string SpanId, string Header) Browser()
    {
        var (trace, span) = (System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString(), System.Diagnostics.ActivitySpanId.CreateRandom().ToHexString());
        return (trace, span, $"00-{trace}-{span}-01");
    }
}
