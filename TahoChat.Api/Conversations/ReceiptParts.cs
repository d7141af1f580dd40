using System.Text.Json.Serialization;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Conversations;

/// <summary>Tokens, as the provider counted them.</summary>
public sealed record Usage(int PromptTokens, int CompletionTokens, int ReasoningTokens, int CachedTokens, int TotalTokens)
{
    public static Usage? From(Receipt? receipt) =>
        receipt is not { TotalTokens: > 0 }
            ? null
            : new Usage(receipt.PromptTokens, receipt.CompletionTokens, receipt.ReasoningTokens, receipt.CachedTokens, receipt.TotalTokens);
}

/// <summary>What a reply cost by the prices of its time, which are per million tokens. Its fields are <see cref="Receipt"/>'s.</summary>
public sealed record Cost(double Amount, string Currency, double InputPrice, double OutputPrice)
{
    /// <summary>Null: input from the cache costs as much as other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CachedPrice { get; init; }

    /// <summary>The emulator answered: it is what Groq would have charged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Simulated { get; init; }

    /// <summary>A request was broken off before the provider counted it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Partial { get; init; }

    public static Cost? From(Receipt? receipt) =>
        receipt is not { Cost: { } amount, InputPrice: { } input, OutputPrice: { } output }
            ? null
            : new Cost(amount, "USD", input, output)
            {
                CachedPrice = receipt.CachedPrice,
                Simulated = receipt.CostIsSimulated,
                Partial = receipt.CostIsPartial,
            };
}

/// <summary>A stretch of a reply's time, in seconds; the provider's own times belong to a <c>request</c> alone.</summary>
public sealed record Phase(PhaseKind Kind, double Seconds)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? QueueTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PromptTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CompletionTime { get; init; }
}

/// <summary>Times in seconds, ours and the provider's own. Its fields are <see cref="Receipt"/>'s.</summary>
public sealed record Timing
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TimeToFirstToken { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? QueueTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PromptTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CompletionTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TotalTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ReasoningTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ElapsedTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OwnTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WaitTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RetryTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ToolTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FirstSliceTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Requests { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Retries { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Phase>? Phases { get; init; }

    public static Timing? From(Receipt? receipt) =>
        receipt is null or { ElapsedTime: null, TimeToFirstToken: null, TotalTime: null, QueueTime: null, PromptTime: null, CompletionTime: null }
            ? null
            : new Timing
            {
                TimeToFirstToken = receipt.TimeToFirstToken,
                QueueTime = receipt.QueueTime,
                PromptTime = receipt.PromptTime,
                CompletionTime = receipt.CompletionTime,
                TotalTime = receipt.TotalTime,
                ReasoningTime = receipt.ReasoningTime,
                ElapsedTime = receipt.ElapsedTime,
                OwnTime = receipt.OwnTime,
                WaitTime = receipt.WaitTime,
                RetryTime = receipt.RetryTime,
                ToolTime = receipt.ToolTime,
                FirstSliceTime = receipt.FirstSliceTime,
                Requests = receipt.Requests,
                Retries = receipt.Retries,
                Phases = receipt.Phases is not { Count: > 0 } phases ? null : [.. phases.Select(From)],
            };

    private static Phase From(ReceiptPhase phase) => new(phase.Kind, phase.Seconds)
    {
        QueueTime = phase.QueueTime,
        PromptTime = phase.PromptTime,
        CompletionTime = phase.CompletionTime,
    };
}
