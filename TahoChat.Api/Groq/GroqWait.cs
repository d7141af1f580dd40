using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Groq;

/// <summary>How long to wait before a request is sent again.</summary>
internal static partial class GroqWait
{
    /// <summary>No retry starts later than this after the first attempt.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    /// <summary>The wait before the next attempt; null where there must be none.</summary>
    /// <param name="failure">How the last attempt failed, before any text.</param>
    /// <param name="retry">How many retries there were.</param>
    /// <param name="elapsed">Since the first attempt began.</param>
    /// <param name="settings">Its <c>Timeout</c> is within which the first text has to come.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan? BeforeRetry(GroqException failure, int retry, TimeSpan elapsed, GroqSettings settings, double jitter)
    {
        if (!IsTransient(failure) || failure.IsAboutTools) return null;
        var backoff = settings.Backoff * Math.Pow(2, Math.Min(retry, 10)) * (0.5 + jitter);
        // Never before the provider's time, and not all of us at once.
        var wait = failure.RetryAfter is { } asked ? asked + (backoff / 4) : backoff;
        return elapsed + wait <= Budget && elapsed + wait < settings.Timeout ? wait : null;
    }

    /// <summary>What the answer asks for: <c>Retry-After</c> in seconds, else the time in the message.</summary>
    public static TimeSpan? Asked(HttpResponseHeaders headers, string? message)
    {
        if (headers.NonValidated.TryGetValues("Retry-After", out var values)
            && double.TryParse(values.ToString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds))
        {
            return Bounded(seconds);
        }

        return InMessage(message);
    }

    /// <summary>The Go duration in a text like "Please try again in 2m52.8s."; null where there is none.</summary>
    public static TimeSpan? InMessage(string? message)
    {
        if (message is null || TryAgainIn().Match(message) is not { Success: true } match) return null;
        var seconds = 0d;
        for (var part = 0; part < match.Groups["amount"].Captures.Count; part++)
        {
            var amount = double.Parse(match.Groups["amount"].Captures[part].ValueSpan, CultureInfo.InvariantCulture);
            seconds += amount * SecondsOf(match.Groups["unit"].Captures[part].Value);
        }

        return Bounded(seconds);
    }

    private static bool IsTransient(GroqException failure) => failure.Status switch
    {
        null => failure.Code is "provider_unreachable" or "provider_disconnected",
        408 or 429 or 498 or 500 or 502 or 503 or 504 => true,
        _ => false,
    };

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, _longest.TotalSeconds));

    private static double SecondsOf(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "ns" => 1e-9,
        _ => 1e-6,
    };

    [GeneratedRegex(@"try again in (?:(?<amount>\d{1,9}(?:\.\d{1,9})?)(?<unit>ms|us|µs|μs|ns|h|m|s))+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TryAgainIn();
}
