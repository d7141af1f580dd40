using Google.Protobuf.Collections;
using TahoChat.Api.Telemetry.Otlp;
using TahoChat.Tests.Telemetry.Otlp;

namespace TahoChat.Tests.Telemetry;

/// <summary>A request to the collector.</summary>
internal sealed record CollectorCall(string Path, bool IsGrpc, IReadOnlyDictionary<string, string> Headers);

/// <summary>A span as it came; ids in hex, <see cref="ParentId"/> empty at a root.</summary>
internal sealed record CollectedSpan(
    string Service, string Scope, string TraceId, string SpanId, string ParentId, Span Span, IReadOnlyDictionary<string, object?> Resource)
{
    public string Name => Span.Name;

    public Span.Types.SpanKind Kind => Span.Kind;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = Attribute.Map(Span.Attributes);

    public IReadOnlyList<CollectedEvent> Events { get; } =
        [.. Span.Events.Select(item => new CollectedEvent(item.Name, item.TimeUnixNano, Attribute.Map(item.Attributes)))];

    public TimeSpan Duration => TimeSpan.FromMicroseconds((Span.EndTimeUnixNano - Span.StartTimeUnixNano) / 1000.0);

    public static IEnumerable<CollectedSpan> Of(ExportTraceServiceRequest request) =>
        from resource in request.ResourceSpans
        let attributes = Attribute.Map(resource.Resource.Attributes)
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select new CollectedSpan(
            (string)attributes["service.name"]!,
            scope.Scope?.Name ?? "",
            Attribute.Hex(span.TraceId),
            Attribute.Hex(span.SpanId),
            Attribute.Hex(span.ParentSpanId),
            span,
            attributes);
}

/// <summary>An event of a span.</summary>
internal sealed record CollectedEvent(string Name, ulong TimeUnixNano, IReadOnlyDictionary<string, object?> Attributes);

/// <summary>One export of a metric: a point for each set of attributes.</summary>
internal sealed record CollectedMetric(string Scope, Metric Metric)
{
    public string Name => Metric.Name;

    public string Unit => Metric.Unit;

    public IReadOnlyList<CollectedPoint> Points { get; } = [.. Metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => Metric.Gauge.DataPoints.Select(CollectedPoint.Of),
        Metric.DataOneofCase.Sum => Metric.Sum.DataPoints.Select(CollectedPoint.Of),
        Metric.DataOneofCase.Histogram => Metric.Histogram.DataPoints.Select(CollectedPoint.Of),
        _ => [],
    }];

    public static IEnumerable<CollectedMetric> Of(ExportMetricsServiceRequest request) =>
        from resource in request.ResourceMetrics
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        select new CollectedMetric(scope.Scope?.Name ?? "", metric);
}

/// <summary>A point of a metric; <see cref="Count"/> is 0 but for histograms, whose value is the sum.</summary>
internal sealed record CollectedPoint(IReadOnlyDictionary<string, object?> Attributes, double Value, ulong Count, IReadOnlyList<double> Bounds)
{
    public static CollectedPoint Of(NumberDataPoint point) => new(
        Attribute.Map(point.Attributes), point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble, 0, []);

    public static CollectedPoint Of(HistogramDataPoint point) => new(Attribute.Map(point.Attributes), point.Sum, point.Count, point.ExplicitBounds);
}

/// <summary>A log line; <see cref="TraceId"/> is empty outside a trace.</summary>
internal sealed record CollectedLog(string Category, string Severity, string Body, string TraceId, IReadOnlyDictionary<string, object?> Attributes)
{
    public static IEnumerable<CollectedLog> Of(ExportLogsServiceRequest request) =>
        from resource in request.ResourceLogs
        from scope in resource.ScopeLogs
        from record in scope.LogRecords
        select new CollectedLog(
            scope.Scope?.Name ?? "", record.SeverityText, record.Body?.StringValue ?? "", Attribute.Hex(record.TraceId), Attribute.Map(record.Attributes));
}

/// <summary>Reads what OTLP calls attributes.</summary>
internal static class Attribute
{
    public static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    /// <summary>Of an attribute that is there twice, as scopes of a log line may have it, the last counts.</summary>
    public static Dictionary<string, object?> Map(RepeatedField<KeyValue> attributes)
    {
        var map = new Dictionary<string, object?>();
        foreach (var attribute in attributes) map[attribute.Key] = Value(attribute.Value);
        return map;
    }

    /// <summary>A string, bool, long, double, an array of those, or null.</summary>
    public static object? Value(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue,
        AnyValue.ValueOneofCase.IntValue => value.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue,
        AnyValue.ValueOneofCase.ArrayValue => value.ArrayValue.Values.Select(Value).ToArray(),
        AnyValue.ValueOneofCase.KvlistValue => Map(value.KvlistValue.Values),
        _ => null,
    };
}
