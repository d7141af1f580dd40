using System.Text.Json.Serialization;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Figures;

/// <summary>How many replies ended how. Those that wait or grow are in no figure.</summary>
public sealed record ReplyCounts(int Complete, int Stopped, int Interrupted, int Failed)
{
    internal int All => Complete + Stopped + Interrupted + Failed;
}

/// <summary>Tokens as the provider counted them. <paramref name="Cached"/> ones are among the prompt's, <paramref name="Reasoning"/> ones among the
/// completion's.</summary>
public sealed record TokenCounts(long Prompt, long Completion, long Cached, long Reasoning);

/// <summary>What replies cost, in USD, as far as a price was known: <paramref name="Simulated"/> is what those of the emulator would have
/// cost. Both are missing where no reply has a price.</summary>
public sealed record Costs(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Spent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Simulated);

/// <summary>How <paramref name="Count"/> numbers are spread: tokens a second, or seconds.</summary>
public sealed record Spread(int Count, double P10, double Median, double P90, double P95);

/// <summary>A day of the caller's time zone.</summary>
public sealed record DayFigures(DateOnly Date, ReplyCounts Replies, TokenCounts Tokens, Costs Cost);

/// <summary>All days together. Speeds are missing where no reply tells one.</summary>
public sealed record TotalFigures(
    ReplyCounts Replies,
    TokenCounts Tokens,
    Costs Cost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spread? TokensPerSecond,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spread? TimeToFirstToken);

/// <summary>The same of one model; an empty name where a reply has none.</summary>
public sealed record ModelFigures(
    string Model,
    ReplyCounts Replies,
    TokenCounts Tokens,
    Costs Cost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spread? TokensPerSecond,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spread? TimeToFirstToken);

/// <summary>A reply that took long. <paramref name="Duration"/> and <paramref name="TimeToFirstToken"/> are seconds from the send, without the wait
/// behind another reply where that was measured.</summary>
public sealed record SlowReply(
    long ConversationId,
    string Title,
    long MessageId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    MessageStatus Status,
    DateTime CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Duration,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TimeToFirstToken,
    int CompletionTokens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId);

/// <summary>The slowest replies, ten at most each: to their end, and to their first token.</summary>
public sealed record SlowestReplies(IReadOnlyList<SlowReply> ByDuration, IReadOnlyList<SlowReply> ByFirstToken);

/// <summary>A reason why replies failed or were interrupted, by its code of <c>docs/protocol.md</c>. <paramref name="Share"/> is its part of
/// all of them, 0 to 1.</summary>
public sealed record FailureFigures(string Code, int Count, double Share, DateTime LastAt);

/// <summary>The answer of <c>GET /stats/figures</c>: every day from <paramref name="From"/> to <paramref name="To"/>, both counted, in
/// <paramref name="TimeZone"/>; <paramref name="Before"/> are as many days before them. Models come by replies, most first; failures
/// by count.</summary>
public sealed record FiguresResponse(
    DateOnly From,
    DateOnly To,
    string TimeZone,
    TotalFigures Totals,
    TotalFigures Before,
    IReadOnlyList<DayFigures> Days,
    IReadOnlyList<ModelFigures> Models,
    SlowestReplies Slowest,
    IReadOnlyList<FailureFigures> Failures);
