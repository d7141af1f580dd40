using System.Text.Json;
using System.Text.Json.Serialization;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Record;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Page;

/// <summary>What the page shows.</summary>
/// <param name="Posts">Completion requests.</param>
/// <param name="Fault">What is switched on.</param>
/// <param name="Faults">All there are; null where the page has them.</param>
/// <param name="Forgotten">Whether what the page shows of requests is to go.</param>
/// <param name="Requests">Those that changed, oldest first.</param>
internal sealed record PageState(
    int Posts,
    ArmedFault? Fault,
    IReadOnlyList<FaultDescription>? Faults,
    PageLimits Limits,
    bool Forgotten,
    IReadOnlyList<PageRequest> Requests)
{
    public static readonly JsonSerializerOptions Json = new(GroqJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}

/// <summary>The limits and what is used of each model.</summary>
internal sealed record PageLimits(bool Enforced, RateLimits Limits, IReadOnlyList<PageUse> Use)
{
    public static PageLimits Of(RateLimiter limiter) => new(limiter.IsEnforced, limiter.Limits, [.. limiter.Use.Select(PageUse.Of)]);
}

internal sealed record PageUse(
    string Model, PageAmount RequestsPerMinute, PageAmount RequestsPerDay, PageAmount TokensPerMinute, PageAmount TokensPerDay)
{
    public static PageUse Of(ModelUse use) => new(
        use.Model,
        PageAmount.Of(use.RequestsPerMinute),
        PageAmount.Of(use.RequestsPerDay),
        PageAmount.Of(use.TokensPerMinute),
        PageAmount.Of(use.TokensPerDay));
}

/// <summary>One limit; <paramref name="Reset"/> as the headers write it.</summary>
internal sealed record PageAmount(int Limit, int Used, string Reset)
{
    public static PageAmount Of(RateUse use) => new(use.Limit, use.Used, GoDuration.Format(use.Reset));
}

/// <summary>A request without its body, which the page asks for when somebody opens it.</summary>
internal sealed record PageRequest(
    long Number,
    DateTimeOffset Time,
    string Method,
    string Path,
    string? Model,
    int Status,
    bool Stream,
    string BodySha256,
    int Attempt,
    string? Fault,
    int TokensSent,
    RequestOutcome Outcome,
    DateTimeOffset? CancelSeenAt,
    long? DurationMs)
{
    public static PageRequest Of(RecordedRequest request) => new(
        request.Number,
        request.Time,
        request.Method,
        request.Path,
        request.Model,
        request.Status,
        request.Stream,
        request.BodySha256,
        request.Attempt,
        request.Fault,
        request.TokensSent,
        request.Outcome,
        request.CancelSeenAt,
        request.EndedAt is { } end ? (long)(end - request.Time).TotalMilliseconds : null);
}
