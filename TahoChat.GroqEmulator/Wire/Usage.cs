namespace TahoChat.GroqEmulator.Wire;

/// <summary>What was counted. Times are in seconds; <paramref name="QueueTime"/> is not part of
/// <paramref name="TotalTime"/>.</summary>
internal sealed record Usage(
    double QueueTime,
    int PromptTokens,
    double PromptTime,
    int CompletionTokens,
    double CompletionTime,
    int TotalTokens,
    double TotalTime,
    PromptTokensDetails? PromptTokensDetails,
    CompletionTokensDetails? CompletionTokensDetails);

/// <summary>The share of the prompt that was known from an earlier request; only where there is one.</summary>
internal sealed record PromptTokensDetails(int CachedTokens);

/// <summary>The share of reasoning in the completion's tokens; only where the model reasons.</summary>
internal sealed record CompletionTokensDetails(int ReasoningTokens);
