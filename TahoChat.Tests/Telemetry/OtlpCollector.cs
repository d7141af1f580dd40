using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using TahoChat.Api.Telemetry.Otlp;
using TahoChat.Tests.Telemetry.Otlp;

namespace TahoChat.Tests.Telemetry;

/// <summary>An OTLP collector on ports of its own, over HTTP with protobuf and over gRPC; it keeps what it is sent.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentQueue<CollectedMetric> _metrics = new();
    private readonly ConcurrentQueue<CollectedLog> _logs = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly ConcurrentQueue<CollectorCall> _calls = new();

    private OtlpCollector(WebApplication app) => _app = app;

    /// <summary>For <c>http/protobuf</c>.</summary>
    public string HttpEndpoint { get; private set; } = "";

    /// <summary>For <c>grpc</c>.</summary>
    public string GrpcEndpoint { get; private set; } = "";

    public IReadOnlyCollection<CollectedSpan> Spans => _spans;

    public IReadOnlyCollection<CollectedMetric> Metrics => _metrics;

    public IReadOnlyCollection<CollectedLog> Logs => _logs;

    /// <summary>Every request: its path and headers.</summary>
    public IReadOnlyCollection<CollectorCall> Calls => _calls;

    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var collector = new OtlpCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync(cancellationToken);
        var addresses = collector._app.Urls.ToArray();
        (collector.HttpEndpoint, collector.GrpcEndpoint) = (addresses[0], addresses[1]);
        return collector;
    }

    /// <summary>The settings that make a service export here at once.</summary>
    public Dictionary<string, string?> Settings(bool grpc = false) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = grpc ? GrpcEndpoint : HttpEndpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>The spans of a trace, once <paramref name="enough"/> says that they are all there.</summary>
    /// <exception cref="TimeoutException">They did not come; the message names those that did.</exception>
    public async Task<IReadOnlyList<CollectedSpan>> TraceAsync(
        string traceId, Func<IReadOnlyList<CollectedSpan>, bool> enough, CancellationToken cancellationToken)
    {
        IReadOnlyList<CollectedSpan> trace = [];
        for (var deadline = DateTime.UtcNow.AddSeconds(30); DateTime.UtcNow < deadline; await Task.Delay(50, cancellationToken))
        {
            trace = [.. _spans.Where(span => span.TraceId == traceId)];
            if (enough(trace)) return trace;
        }

        throw new TimeoutException($"Of trace {traceId} only came: {string.Join("; ", trace.Select(span => $"{span.Service}: {span.Name}"))}");
    }

    /// <summary>Whether <paramref name="text"/> is in anything that was sent here.</summary>
    public bool Holds(string text) => Around(text).Length > 0;

    /// <summary>Where <paramref name="text"/> was sent, with what stands around it; empty where it was not.</summary>
    public string Around(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var body in _bodies)
        {
            if (body.AsSpan().IndexOf(bytes) is >= 0 and var at)
                return Encoding.UTF8.GetString(body.AsSpan(Math.Max(0, at - 200), Math.Min(body.Length - Math.Max(0, at - 200), 400)));
        }

        return "";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true;
        var body = isGrpc ? Unframe(buffer.ToArray()) : buffer.ToArray();
        _bodies.Enqueue(body);
        _calls.Enqueue(new CollectorCall(
            context.Request.Path, isGrpc, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        Keep(context.Request.Path, body);
        context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (!isGrpc) return;
        // An empty message: nothing was rejected.
        await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Keep(string path, byte[] body)
    {
        if (path.Contains("trace", StringComparison.Ordinal)) Keep(_spans, CollectedSpan.Of(ExportTraceServiceRequest.Parser.ParseFrom(body)));
        else if (path.Contains("metrics", StringComparison.Ordinal)) Keep(_metrics, CollectedMetric.Of(ExportMetricsServiceRequest.Parser.ParseFrom(body)));
        else if (path.Contains("logs", StringComparison.Ordinal)) Keep(_logs, CollectedLog.Of(ExportLogsServiceRequest.Parser.ParseFrom(body)));
    }

    private static void Keep<T>(ConcurrentQueue<T> queue, IEnumerable<T> items)
    {
        foreach (var item in items) queue.Enqueue(item);
    }

    // One message: a byte that says whether it is compressed, its length, itself.
    private static byte[] Unframe(byte[] frame)
    {
        if (frame[0] != 0) throw new InvalidDataException("Compressed messages are not read.");
        return frame[5..(5 + BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)))];
    }
}
