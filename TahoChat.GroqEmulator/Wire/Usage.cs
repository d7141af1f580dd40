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
    CompletionTokensDetails? CompletionTokensDetails);

/// <summary>The share of reasoning in the completion's tokens; only where the model reasons.</summary>
internal sealed record CompletionTokensDetails(int ReasoningTokens);
