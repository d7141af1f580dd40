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
    public int Tokens => Reasoning.Count + Content.Count;
}
