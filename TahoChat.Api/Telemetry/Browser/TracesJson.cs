using System.Text.Json.Serialization;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Telemetry.Browser;

/// <summary>The part of OTLP/JSON that is read of a page's spans: ids in hex, names in camelCase, enums as numbers, 64-bit numbers as
/// strings or numbers. The resource is not: it is ours to say. Source: opentelemetry.io/docs/specs/otlp, JSON Protobuf Encoding.</summary>
internal sealed record TracesJson(IReadOnlyList<ResourceSpansJson>? ResourceSpans);

/// <inheritdoc cref="TracesJson"/>
internal sealed record ResourceSpansJson(IReadOnlyList<ScopeSpansJson>? ScopeSpans);

/// <inheritdoc cref="TracesJson"/>
internal sealed record ScopeSpansJson(IReadOnlyList<SpanJson>? Spans);

/// <inheritdoc cref="TracesJson"/>
internal sealed record SpanJson(
    string? TraceId,
    string? SpanId,
    string? ParentSpanId,
    string? Name,
    int Kind,
    ulong StartTimeUnixNano,
    ulong EndTimeUnixNano,
    IReadOnlyList<AttributeJson>? Attributes,
    IReadOnlyList<EventJson>? Events,
    IReadOnlyList<LinkJson>? Links,
    StatusJson? Status);

/// <inheritdoc cref="TracesJson"/>
internal sealed record EventJson(ulong TimeUnixNano, string? Name, IReadOnlyList<AttributeJson>? Attributes);

/// <inheritdoc cref="TracesJson"/>
internal sealed record LinkJson(string? TraceId, string? SpanId, IReadOnlyList<AttributeJson>? Attributes);

/// <inheritdoc cref="TracesJson"/>
internal sealed record StatusJson(int Code);

/// <inheritdoc cref="TracesJson"/>
internal sealed record AttributeJson(string? Key, ValueJson? Value);

/// <inheritdoc cref="TracesJson"/>
internal sealed record ValueJson(string? StringValue, bool? BoolValue, long? IntValue, double? DoubleValue);

/// <summary>Reads it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString, MaxDepth = Limits.JsonDepth)]
[JsonSerializable(typeof(TracesJson))]
internal sealed partial class TracesJsonContext : JsonSerializerContext;
