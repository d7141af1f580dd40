using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>What a reply took, kept as one JSON column of its message: tokens as the provider counted them, times in
/// seconds. <see cref="TimeToFirstToken"/>, from the send to the first text, and <see cref="ReasoningTime"/> are ours; the others are the provider's, and its
/// queue is not part of its total.</summary>
public sealed record Receipt
{
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public int ReasoningTokens { get; init; }

    public int CachedTokens { get; init; }

    public int TotalTokens { get; init; }

    public double? QueueTime { get; init; }

    public double? PromptTime { get; init; }

    public double? CompletionTime { get; init; }

    public double? TotalTime { get; init; }

    public double? TimeToFirstToken { get; init; }

    /// <summary>How long the model thought, by our clock: from its first reasoning to its first content, or to the end.</summary>
    public double? ReasoningTime { get; init; }

    /// <summary>Puts the provider's count and our own clock together; null where there is neither.</summary>
    public static Receipt? From(GroqUsage? usage, TimeSpan? timeToFirstToken, TimeSpan? reasoning = null) =>
        usage is null && timeToFirstToken is null
            ? null
            : new Receipt
            {
                PromptTokens = usage?.PromptTokens ?? 0,
                CompletionTokens = usage?.CompletionTokens ?? 0,
                ReasoningTokens = usage?.ReasoningTokens ?? 0,
                CachedTokens = usage?.CachedTokens ?? 0,
                TotalTokens = usage?.TotalTokens ?? 0,
                QueueTime = usage?.QueueTime,
                PromptTime = usage?.PromptTime,
                CompletionTime = usage?.CompletionTime,
                TotalTime = usage?.TotalTime,
                TimeToFirstToken = timeToFirstToken?.TotalSeconds,
                ReasoningTime = reasoning?.TotalSeconds,
            };
}
