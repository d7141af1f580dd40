using TahoChat.Api.Groq;

namespace TahoChat.Api.Prices;

/// <summary>What a reply costs, request by request.</summary>
internal sealed class ReplyBill(PriceTable prices)
{
    /// <summary>USD; null while no counted request has a known price.</summary>
    public decimal? Amount { get; private set; }

    /// <summary>By which it was counted.</summary>
    public Price? Price { get; private set; }

    public bool IsSimulated => prices.IsSimulated;

    /// <summary>Something was asked for that is not in the amount.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>A request ended, or was broken off after it had begun to answer, and then nothing counted it.</summary>
    public void Add(string model, GroqUsage? usage)
    {
        if (usage is not null && prices.Of(model) is { } price) (Amount, Price) = ((Amount ?? 0) + price.Of(usage), price);
        else IsPartial = true;
    }
}
