using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using TahoChat.Api.Health;
using TahoChat.Api.Telemetry.Otlp;

namespace TahoChat.Api.Telemetry.Browser;

/// <summary>A request of a page, reduced to what we know. <paramref name="Rejected"/>: spans whose times make no sense, which is a
/// matter of the browser's clock and no fault of the request's.</summary>
internal sealed record BrowserSpans(ExportTraceServiceRequest Request, int Accepted, int Rejected)
{
    /// <summary>What pages call themselves, whatever they say.</summary>
    public const string Service = "tahochat-browser";

    private const string Scope = "tahochat.turn";
    private const string OwnAttributes = "tahochat.";

    // Has-is-remote and sampled: a page's parents are its own spans. Source: the flags of OTLP's Span.
    private const uint Flags = 0x101;

    private static readonly SearchValues<char> _hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads OTLP/JSON.</summary>
    /// <exception cref="JsonException">It is none; the message says where.</exception>
    public static BrowserSpans Read(ReadOnlySpan<byte> utf8, DateTimeOffset now)
    {
        TracesJson? traces;
        try
        {
            traces = JsonSerializer.Deserialize(utf8, TracesJsonContext.Default.TracesJson);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, escaped.
            throw new JsonException($"It is not OTLP in JSON, at {(exception as JsonException)?.Path ?? "a text"}.", exception);
        }

        var scope = new ScopeSpans { Scope = new InstrumentationScope { Name = Scope } };
        var rejected = 0;
        foreach (var (where, span) in Spans(traces))
        {
            var read = Reduce(where, span);
            if (IsNow(span, now)) scope.Spans.Add(read);
            else rejected++;
        }

        var resource = new Resource
        {
            Attributes = { Text("service.name", Service), Text("service.version", HealthApi.Version), Text("telemetry.sdk.language", "webjs") },
        };
        var request = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = resource, ScopeSpans = { scope } } } };
        return new BrowserSpans(request, scope.Spans.Count, rejected);
    }

    private static IEnumerable<(string Where, SpanJson Span)> Spans(TracesJson? traces)
    {
        if (traces?.ResourceSpans is not { } resources) throw new JsonException("resourceSpans is missing.");
        for (var resource = 0; resource < resources.Count; resource++)
        {
            var scopes = resources[resource]?.ScopeSpans ?? [];
            for (var scope = 0; scope < scopes.Count; scope++)
            {
                var spans = scopes[scope]?.Spans ?? [];
                for (var span = 0; span < spans.Count; span++)
                {
                    var where = $"resourceSpans[{resource}].scopeSpans[{scope}].spans[{span}]";
                    yield return (where, spans[span] ?? throw new JsonException($"{where} is null."));
                }
            }
        }
    }

    private static bool IsNow(SpanJson span, DateTimeOffset now)
    {
        var (oldest, newest) = (Nanoseconds(now - BrowserTraceLimits.Oldest), Nanoseconds(now + BrowserTraceLimits.Ahead));
        return span.StartTimeUnixNano >= oldest && span.StartTimeUnixNano <= span.EndTimeUnixNano && span.EndTimeUnixNano <= newest;
    }

    private static ulong Nanoseconds(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static Span Reduce(string where, SpanJson span)
    {
        var reduced = new Span
        {
            TraceId = Id(span.TraceId, 16, $"{where}.traceId"),
            SpanId = Id(span.SpanId, 8, $"{where}.spanId"),
            ParentSpanId = string.IsNullOrEmpty(span.ParentSpanId) ? ByteString.Empty : Id(span.ParentSpanId, 8, $"{where}.parentSpanId"),
            Name = span.Name is { Length: > 0 } name ? Cut(name) : throw new JsonException($"{where}.name is missing."),
            // A page serves nobody.
            Kind = span.Kind is (int)Span.Types.SpanKind.Client ? Span.Types.SpanKind.Client : Span.Types.SpanKind.Internal,
            StartTimeUnixNano = span.StartTimeUnixNano,
            EndTimeUnixNano = span.EndTimeUnixNano,
            Flags = Flags,
            Status = new Status { Code = span.Status?.Code is 2 ? Status.Types.StatusCode.Error : Status.Types.StatusCode.Unset },
        };
        reduced.DroppedAttributesCount = Add(reduced.Attributes, span.Attributes);
        reduced.Events.AddRange((span.Events ?? []).Take(BrowserTraceLimits.Events).Select(Reduce));
        reduced.DroppedEventsCount = (uint)((span.Events?.Count ?? 0) - reduced.Events.Count);
        reduced.Links.AddRange((span.Links ?? []).Take(BrowserTraceLimits.Links).Select((link, index) => Reduce($"{where}.links[{index}]", link)));
        reduced.DroppedLinksCount = (uint)((span.Links?.Count ?? 0) - reduced.Links.Count);
        return reduced;
    }

    private static Span.Types.Event Reduce(EventJson? item)
    {
        var reduced = new Span.Types.Event { TimeUnixNano = item?.TimeUnixNano ?? 0, Name = Cut(item?.Name ?? "") };
        reduced.DroppedAttributesCount = Add(reduced.Attributes, item?.Attributes);
        return reduced;
    }

    private static Span.Types.Link Reduce(string where, LinkJson? link)
    {
        var reduced = new Span.Types.Link { TraceId = Id(link?.TraceId, 16, $"{where}.traceId"), SpanId = Id(link?.SpanId, 8, $"{where}.spanId") };
        reduced.DroppedAttributesCount = Add(reduced.Attributes, link?.Attributes);
        return reduced;
    }

    /// <summary>Adds those that a page may have; the number of the others.</summary>
    private static uint Add(RepeatedField<KeyValue> to, IReadOnlyList<AttributeJson>? attributes)
    {
        foreach (var attribute in attributes ?? [])
        {
            if (to.Count == BrowserTraceLimits.Attributes) break;
            if (attribute?.Key is { } key && IsKnown(key) && Value(attribute.Value) is { } value && to.All(other => other.Key != key))
                to.Add(new KeyValue { Key = key, Value = value });
        }

        return (uint)((attributes?.Count ?? 0) - to.Count);
    }

    private static bool IsKnown(string key) =>
        key.Length <= BrowserTraceLimits.Text
        && (key.StartsWith(OwnAttributes, StringComparison.Ordinal) || key is "gen_ai.conversation.id" or "error.type");

    private static AnyValue? Value(ValueJson? value) => value switch
    {
        { StringValue: { } text } => new AnyValue { StringValue = Cut(text) },
        { BoolValue: { } truth } => new AnyValue { BoolValue = truth },
        { IntValue: { } number } => new AnyValue { IntValue = number },
        { DoubleValue: { } number } => new AnyValue { DoubleValue = number },
        _ => null,
    };

    private static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    private static string Cut(string text)
    {
        if (text.Length <= BrowserTraceLimits.Text) return text;
        var end = char.IsHighSurrogate(text[BrowserTraceLimits.Text - 1]) ? BrowserTraceLimits.Text - 1 : BrowserTraceLimits.Text;
        return text[..end];
    }

    private static ByteString Id(string? hex, int bytes, string where)
    {
        var isId = hex?.Length == 2 * bytes && !hex.AsSpan().ContainsAnyExcept(_hex) && hex.AsSpan().ContainsAnyExcept('0');
        return isId ? ByteString.CopyFrom(Convert.FromHexString(hex!)) : throw new JsonException($"{where}: expected are {2 * bytes} hex digits, not all 0.");
    }
}
