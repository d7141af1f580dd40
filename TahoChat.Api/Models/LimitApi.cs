using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Models;

/// <summary>What is left of one limit at the time of the answer. It refills evenly until it is full:
/// <paramref name="ResetAt"/>, which is <paramref name="ResetAfterMs"/> from now.</summary>
public sealed record LimitResponse(long Limit, long Remaining, DateTime ResetAt, long ResetAfterMs)
{
    /// <summary>The limit as it is at <paramref name="now"/>.</summary>
    public static LimitResponse? From(RateLimit? limit, DateTimeOffset seenAt, DateTimeOffset now)
    {
        if (limit is null) return null;
        var resetAt = seenAt + limit.Reset;
        var rest = resetAt > now ? resetAt - now : TimeSpan.Zero;
        return new LimitResponse(limit.Limit, limit.RemainingAfter(now - seenAt), resetAt.UtcDateTime, (long)Math.Ceiling(rest.TotalMilliseconds));
    }
}

/// <summary>The account's limits of a model: requests a day and tokens a minute, as far as the provider tells them.
/// <paramref name="ReservedTokens"/> is what a reply is charged before it is written.</summary>
public sealed record LimitsResponse(
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LimitResponse? Requests,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LimitResponse? Tokens,
    int ReservedTokens,
    DateTime SeenAt);

/// <summary>The account's limits over REST.</summary>
public static class LimitApi
{
    public static void MapLimits(this WebApplication app) =>
        app.MapGet("/limits", List).WithTags("Service").WithSummary("What is left of the account's limits, for each model that answered");

    private static Ok<List<LimitsResponse>> List(LimitKeeper limits, GroqSettings settings, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return TypedResults.Ok(limits.All.Select(seen => new LimitsResponse(
            seen.Model,
            LimitResponse.From(seen.Limits.Requests, seen.SeenAt, now),
            LimitResponse.From(seen.Limits.Tokens, seen.SeenAt, now),
            settings.MaxCompletionTokens,
            seen.SeenAt.UtcDateTime)).ToList());
    }
}
