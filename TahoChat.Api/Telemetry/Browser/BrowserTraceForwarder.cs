using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Grpc.Core;
using OpenTelemetry;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Telemetry.Browser;

/// <summary>Sends the spans of pages on, one request after the other, behind the back of who sent them. What does not fit, or is not
/// taken, is lost and counted.</summary>
internal sealed partial class BrowserTraceForwarder : BackgroundService
{
    /// <summary>The log tells of losses so often.</summary>
    private static readonly TimeSpan _tellEvery = TimeSpan.FromMinutes(1);

    private readonly Channel<BrowserSpans> _waiting = Channel.CreateBounded<BrowserSpans>(
        new BoundedChannelOptions(BrowserTraceLimits.Waiting) { SingleReader = true });

    private readonly OtlpSettings? _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<BrowserTraceForwarder> _logger;
    private readonly Counter<long> _forwarded;
    private readonly Counter<long> _dropped;
    private readonly Lock _telling = new();
    private long _untold;
    private long _toldAt;

    public BrowserTraceForwarder(TelemetrySettings settings, IMeterFactory meters, TimeProvider time, ILogger<BrowserTraceForwarder> logger)
    {
        (_settings, _time, _logger) = (settings.Traces, time, logger);
        _toldAt = time.GetTimestamp() - (long)(_tellEvery.TotalSeconds * time.TimestampFrequency);
        var meter = meters.Create("TahoChat.Browser");
        _forwarded = meter.CreateCounter<long>("tahochat.browser.spans.forwarded", "{span}", "Spans of pages that were sent on");
        _dropped = meter.CreateCounter<long>("tahochat.browser.spans.dropped", "{span}", "Spans of pages that were lost");
    }

    /// <summary>Takes spans to be sent on; returns at once.</summary>
    public void Take(BrowserSpans spans)
    {
        if (spans.Accepted > 0 && !_waiting.Writer.TryWrite(spans)) Drop(spans, "too many wait");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_settings is null) return;
        using var exporter = new TraceExporter(_settings);
        using var suppressed = SuppressInstrumentationScope.Begin();
        await foreach (var spans in _waiting.Reader.ReadAllAsync(stoppingToken)) await ForwardAsync(exporter, spans, stoppingToken);
    }

    private async Task ForwardAsync(TraceExporter exporter, BrowserSpans spans, CancellationToken stopping)
    {
        try
        {
            await exporter.SendAsync(spans.Request, stopping);
            _forwarded.Add(spans.Accepted);
        }
        catch (HttpRequestException exception)
        {
            Drop(spans, exception.StatusCode is { } status ? $"the collector answered {(int)status}" : "the collector cannot be reached");
        }
        catch (RpcException exception)
        {
            Drop(spans, $"the collector answered {exception.StatusCode}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Drop(spans, "the collector took too long");
        }
    }

    private void Drop(BrowserSpans spans, string reason)
    {
        _dropped.Add(spans.Accepted);
        long untold;
        lock (_telling)
        {
            _untold += spans.Accepted;
            if (_time.GetElapsedTime(_toldAt) < _tellEvery) return;
            _toldAt = _time.GetTimestamp();
            (untold, _untold) = (_untold, 0);
        }

        Log.Lost(_logger, untold, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Warning, "{Count} spans of the browser were not sent on: {Reason}")]
        public static partial void Lost(ILogger logger, long count, string reason);
    }
}
