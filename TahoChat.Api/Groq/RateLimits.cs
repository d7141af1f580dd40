using System.Globalization;
using System.Net.Http.Headers;

namespace TahoChat.Api.Groq;

/// <summary>One of the account's limits as an answer told it: a bucket that refills continuously.</summary>
/// <param name="Limit">What it holds when it is full.</param>
/// <param name="Remaining">What was left of it.</param>
/// <param name="Reset">How long until it is full again.</param>
public sealed record RateLimit(long Limit, long Remaining, TimeSpan Reset)
{
    /// <summary>What is left <paramref name="later"/>: it refills by (limit − remaining) within <see cref="Reset"/>.</summary>
    public long RemainingAfter(TimeSpan later)
    {
        if (later >= Reset) return Limit;
        return later <= TimeSpan.Zero ? Remaining : Remaining + (long)((Limit - Remaining) * (later / Reset));
    }
}

/// <summary>The account's limits as Groq tells them with an answer: requests are counted per day, tokens per minute, both of
/// one model. Source: console.groq.com/docs/rate-limits.</summary>
public sealed record RateLimits(RateLimit? Requests, RateLimit? Tokens)
{
    private const string Prefix = "x-ratelimit-";

    /// <summary>The limits of an answer's <c>x-ratelimit-*</c> headers; null where there are none that can be read.</summary>
    public static RateLimits? Read(HttpResponseHeaders headers)
    {
        var limits = new RateLimits(ReadOne(headers, "requests"), ReadOne(headers, "tokens"));
        return limits is { Requests: null, Tokens: null } ? null : limits;
    }

    /// <summary>One limit of its three values; null where one of them is missing or makes no sense.</summary>
    internal static RateLimit? Parse(string? limit, string? remaining, string? reset)
    {
        if (Count(limit) is not (> 0 and var most) || Count(remaining) is not { } left || GoDuration.Parse(reset?.Trim()) is not { } wait) return null;
        return new RateLimit(most, Math.Min(left, most), wait);
    }

    private static RateLimit? ReadOne(HttpResponseHeaders headers, string what) => Parse(
        Value(headers, $"{Prefix}limit-{what}"), Value(headers, $"{Prefix}remaining-{what}"), Value(headers, $"{Prefix}reset-{what}"));

    // A debt, as after a reply that was longer than what was left, is as good as nothing.
    private static long? Count(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count)
            ? (long)Math.Clamp(count, 0, long.MaxValue / 2)
            : null;

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
