using TahoChat.Api.Groq;
using TahoChat.Api.Prices;

namespace TahoChat.Api.Generations;

/// <summary>What a reply took, kept as one JSON column of its message: tokens as the provider counted them, times in seconds, cost in USD.
/// Several requests of one reply (tools, an attempt that failed) are added up. What came in later than the first receipts is null in
/// those.</summary>
public sealed record Receipt
{
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public int ReasoningTokens { get; init; }

    public int CachedTokens { get; init; }

    public int TotalTokens { get; init; }

    /// <summary>The provider's, as are the next three; its queue is not part of its total.</summary>
    public double? QueueTime { get; init; }

    public double? PromptTime { get; init; }

    public double? CompletionTime { get; init; }

    public double? TotalTime { get; init; }

    /// <summary>Ours, as are all that follow: from the send to the first text, reasoning included.</summary>
    public double? TimeToFirstToken { get; init; }

    /// <summary>How long the model thought.</summary>
    public double? ReasoningTime { get; init; }

    /// <summary>From the command's arrival to the end being handed over to be saved: all phases together.</summary>
    public double? ElapsedTime { get; init; }

    /// <summary>What we added: <see cref="PhaseKind.Saving"/>, <see cref="PhaseKind.Preparing"/> and <see cref="PhaseKind.Finishing"/>, which is what
    /// is left of <see cref="ElapsedTime"/> without the wait behind another reply, the provider and the tools. Not in it, because
    /// not measured apart from the provider's time: what we do between two chunks.</summary>
    public double? OwnTime { get; init; }

    /// <summary>Behind another reply; null where it did not wait.</summary>
    public double? WaitTime { get; init; }

    /// <summary>Attempts that failed, with the pauses after them; null where there was none.</summary>
    public double? RetryTime { get; init; }

    /// <summary>Tools; null where none was called.</summary>
    public double? ToolTime { get; init; }

    /// <summary>From the first text's arrival to its first slice being written to a socket; null where nobody watched from
    /// before it on. It passes while the
    /// provider goes on and is not part of <see cref="OwnTime"/>.</summary>
    public double? FirstSliceTime { get; init; }

    /// <summary>Requests that were sent to the provider, repeated ones included.</summary>
    public int? Requests { get; init; }

    /// <summary>How many of them repeated one that had failed.</summary>
    public int? Retries { get; init; }

    /// <summary>What it did, one after the other without a gap.</summary>
    public List<ReceiptPhase>? Phases { get; init; }

    /// <summary>By the prices at that time, which <see cref="InputPrice"/> and the two after it are, per million tokens; null where no price is known,
    /// or the provider counted nothing.</summary>
    public double? Cost { get; init; }

    public double? InputPrice { get; init; }

    public double? CachedPrice { get; init; }

    public double? OutputPrice { get; init; }

    /// <summary>The emulator answered, which charges nothing: it is what Groq would have charged.</summary>
    public bool? CostIsSimulated { get; init; }

    /// <summary>A request was broken off before the provider counted it: it cost more.</summary>
    public bool? CostIsPartial { get; init; }

    /// <summary>Puts the provider's count, our own clock and the bill together.</summary>
    internal static Receipt From(GroqUsage? usage, ReplyTimes times, ReplyBill? bill) => new()
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
        TimeToFirstToken = times.FirstText,
        ReasoningTime = times.Sum(PhaseKind.Reasoning),
        ElapsedTime = times.Sum(Enum.GetValues<PhaseKind>()) ?? 0,
        OwnTime = times.Sum(PhaseKind.Saving, PhaseKind.Preparing, PhaseKind.Finishing) ?? 0,
        WaitTime = times.Sum(PhaseKind.Waiting),
        RetryTime = times.Sum(PhaseKind.Attempt),
        ToolTime = times.Sum(PhaseKind.Tools),
        FirstSliceTime = times.FirstSlice,
        Requests = times.Requests,
        Retries = times.Retries,
        Phases = times.Phases,
        Cost = (double?)bill?.Amount,
        InputPrice = (double?)bill?.Price?.Input,
        CachedPrice = (double?)bill?.Price?.Cached,
        OutputPrice = (double?)bill?.Price?.Output,
        CostIsSimulated = bill is { Amount: not null, IsSimulated: true } ? true : null,
        CostIsPartial = bill is { Amount: not null, IsPartial: true } ? true : null,
    };
}
