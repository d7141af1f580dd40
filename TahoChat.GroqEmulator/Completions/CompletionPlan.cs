using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>All that a completion will say, token by token.</summary>
/// <param name="Reasoning">Tokens of reasoning; counted and paced even where nobody wants to see them.</param>
/// <param name="Content">Tokens of the reply.</param>
/// <param name="Channel">The channel of the reasoning: <c>analysis</c> for gpt-oss, else null.</param>
internal sealed record CompletionPlan(
    IReadOnlyList<string> Reasoning,
    IReadOnlyList<string> Content,
    string FinishReason,
    int PromptTokens,
    int Seed,
    bool ShowsReasoning,
    string? Channel)
{
    /// <summary>What the reply calls, after its content.</summary>
    public IReadOnlyList<WireToolCall> ToolCalls { get; init; } = [];

    /// <summary>Why nothing becomes of what was written: the answer, or in a stream the error after the reasoning.</summary>
    public GroqError? Failure { get; init; }

    /// <summary>The tokens of the prompt that an earlier request had in common with this one.</summary>
    public int CachedTokens { get; init; }

    /// <summary>All that the model wrote.</summary>
    public int Tokens => Reasoning.Count + Content.Count + ToolCalls.Sum(call => call.Tokens);

    /// <summary>What comes token by token.</summary>
    public int TextTokens => Reasoning.Count + Content.Count;
}
