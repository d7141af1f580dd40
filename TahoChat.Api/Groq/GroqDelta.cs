namespace TahoChat.Api.Groq;

/// <summary>What a <see cref="GroqDelta"/> carries.</summary>
public enum GroqDeltaKind
{
    /// <summary>A piece of the model's reasoning.</summary>
    Reasoning,

    /// <summary>A piece of the reply.</summary>
    Content,

    /// <summary>The provider finished; exactly one, the last.</summary>
    End,
}

/// <summary>One step of a completion as it streams. <see cref="Text"/> is empty at the end, <see cref="Completion"/> is
/// there only at the end.</summary>
public readonly record struct GroqDelta(GroqDeltaKind Kind, string Text, GroqCompletion? Completion = null);

/// <summary>How a completion ended. <paramref name="FinishReason"/> is <c>stop</c>, <c>length</c>,
/// <c>tool_calls</c>, <c>content_filter</c>, or a word we do not know yet.</summary>
public sealed record GroqCompletion(string FinishReason, string? Model, string? RequestId, GroqUsage? Usage)
{
    /// <summary>The tools that the model wants to be called before it goes on; null where it wants none.</summary>
    public IReadOnlyList<GroqToolCall>? ToolCalls { get; init; }
}

/// <summary>What the provider counted. Times are in seconds; <paramref name="QueueTime"/> is not part of
/// <paramref name="TotalTime"/>.</summary>
public sealed record GroqUsage(
    int PromptTokens,
    int CompletionTokens,
    int TotalTokens,
    int ReasoningTokens,
    int CachedTokens,
    double? QueueTime,
    double? PromptTime,
    double? CompletionTime,
    double? TotalTime)
{
    /// <summary>Of several requests together; null where neither was counted.</summary>
    public static GroqUsage? Sum(GroqUsage? one, GroqUsage? other) => one is null || other is null ? one ?? other : new GroqUsage(
        one.PromptTokens + other.PromptTokens,
        one.CompletionTokens + other.CompletionTokens,
        one.TotalTokens + other.TotalTokens,
        one.ReasoningTokens + other.ReasoningTokens,
        one.CachedTokens + other.CachedTokens,
        Sum(one.QueueTime, other.QueueTime),
        Sum(one.PromptTime, other.PromptTime),
        Sum(one.CompletionTime, other.CompletionTime),
        Sum(one.TotalTime, other.TotalTime));

    private static double? Sum(double? one, double? other) => one is null ? other : one + (other ?? 0);
}
