using TahoChat.Api.Groq;

namespace TahoChat.Api.Prices;

/// <summary>What a model's tokens cost, in USD per million; <paramref name="Cached"/> null: input from the cache costs as much as other.</summary>
public sealed record Price(decimal Input, decimal Output, decimal? Cached = null)
{
    private const decimal Million = 1_000_000m;

    /// <summary>What a request cost, in USD: cached tokens are part of the prompt's, reasoning tokens of the completion's.</summary>
    public decimal Of(GroqUsage usage)
    {
        var cached = Math.Clamp(usage.CachedTokens, 0, usage.PromptTokens);
        return (((usage.PromptTokens - cached) * Input) + (cached * (Cached ?? Input)) + (usage.CompletionTokens * Output)) / Million;
    }
}

/// <summary>The prices that are known, by model id. <paramref name="IsSimulated"/>: the emulator answers, which charges nothing; the
/// prices are what Groq would charge.</summary>
public sealed record PriceTable(IReadOnlyDictionary<string, Price> Prices, bool IsSimulated)
{
    public static PriceTable None { get; } = new(new Dictionary<string, Price>(), false);

    /// <summary>The price of a model; null where none is known, and then its replies have no cost.</summary>
    public Price? Of(string model) => Prices.GetValueOrDefault(model);
}
