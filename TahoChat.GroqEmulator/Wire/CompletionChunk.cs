using System.Text.Json.Serialization;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>One event of a streamed completion.</summary>
internal sealed record CompletionChunk(
    string Id,
    string Object,
    long Created,
    string Model,
    string SystemFingerprint,
    IReadOnlyList<ChunkChoice> Choices,
    XGroq? XGroq = null,
    Usage? Usage = null,
    string? ServiceTier = null);

/// <summary>The choice of a chunk; its two nulls are on the wire.</summary>
internal sealed record ChunkChoice(
    int Index,
    Delta Delta,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Logprobs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason = null);

/// <summary>What a chunk adds. <paramref name="Channel"/> is <c>analysis</c> on the reasoning of gpt-oss.</summary>
internal sealed record Delta(
    string? Role = null,
    string? Content = null,
    string? Reasoning = null,
    string? Channel = null,
    IReadOnlyList<WireToolCall>? ToolCalls = null);

/// <summary>Groq's own part: the id with the seed on the first chunk, with the usage on the last. <paramref name="Error"/>
/// is a string or an object.</summary>
internal sealed record XGroq(string Id, int? Seed = null, Usage? Usage = null, object? Error = null);
