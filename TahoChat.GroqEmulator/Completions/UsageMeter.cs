using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Measures a completion the way Groq reports it.</summary>
internal sealed class UsageMeter(TimeProvider time, CompletionPlan plan)
{
    private const double SecondsPerPromptToken = 0.00005;

    private readonly long _start = time.GetTimestamp();

    public Usage Read()
    {
        var prompt = plan.PromptTokens * SecondsPerPromptToken;
        var completion = time.GetElapsedTime(_start).TotalSeconds;
        return new Usage(
            QueueTime: Math.Round(0.01 + plan.Seed % 4000 / 100_000.0, 9),
            PromptTokens: plan.PromptTokens,
            PromptTime: Math.Round(prompt, 9),
            CompletionTokens: plan.Tokens,
            CompletionTime: Math.Round(completion, 9),
            TotalTokens: plan.PromptTokens + plan.Tokens,
            TotalTime: Math.Round(prompt + completion, 9),
            plan.CachedTokens > 0 ? new PromptTokensDetails(plan.CachedTokens) : null,
            plan.Reasoning.Count > 0 ? new CompletionTokensDetails(plan.Reasoning.Count) : null);
    }
}
