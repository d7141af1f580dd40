using System.Text.Json.Serialization;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>A whole completion, where the request does not stream.</summary>
internal sealed record Completion(
    string Id,
    string Object,
    long Created,
    string Model,
    IReadOnlyList<CompletionChoice> Choices,
    Usage Usage,
    string SystemFingerprint,
    XGroq XGroq,
    string ServiceTier);

/// <summary>The only choice.</summary>
internal sealed record CompletionChoice(
    int Index,
    AssistantMessage Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Logprobs,
    string FinishReason);

/// <summary>The reply. <paramref name="Reasoning"/> is absent where there is none or nobody wants it, and
/// <paramref name="Content"/> where the reply only calls tools.</summary>
internal sealed record AssistantMessage(
    string Role, string? Content, string? Reasoning = null, IReadOnlyList<WireToolCall>? ToolCalls = null);
