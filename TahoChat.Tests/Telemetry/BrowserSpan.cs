using System.Text.Json;

namespace TahoChat.Tests.Telemetry;

/// <summary>A span as a page would send it.</summary>
internal sealed record BrowserSpan
{
    public string TraceId { get; init; } = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    public string SpanId { get; init; } = "00f067aa0ba902b7";

    public string ParentSpanId { get; init; } = "";

    public string Name { get; init; } = "send";

    public int Kind { get; init; } = 3;

    public DateTimeOffset Start { get; init; } = DateTimeOffset.UtcNow.AddSeconds(-1);

    public TimeSpan Duration { get; init; } = TimeSpan.FromMilliseconds(12);

    public IReadOnlyList<object> Attributes { get; init; } = [];

    public IReadOnlyList<object> Events { get; init; } = [];

    public IReadOnlyList<object> Links { get; init; } = [];

    public static object Attribute(string key, string value) => new { key, value = new { stringValue = value } };

    /// <summary>A request with these spans, which says that it is the API's.</summary>
    public static string Request(params IEnumerable<BrowserSpan> spans) => JsonSerializer.Serialize(new
    {
        resourceSpans = new[]
        {
            new
            {
                resource = new { attributes = new[] { Attribute("service.name", "tahochat-api") } },
                scopeSpans = new[] { new { scope = new { name = "TahoChat.Chat" }, spans = spans.Select(span => span.Json()) } },
            },
        },
    });

    private object Json() => new
    {
        traceId = TraceId,
        spanId = SpanId,
        parentSpanId = ParentSpanId,
        name = Name,
        kind = Kind,
        startTimeUnixNano = Nanoseconds(Start),
        endTimeUnixNano = Nanoseconds(Start + Duration),
        attributes = Attributes,
        events = Events,
        links = Links,
        status = new { code = 2, message = "A text" },
        flags = 257,
        droppedAttributesCount = 0,
    };

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
