using System.Globalization;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Limits;

/// <summary>The <c>x-ratelimit-*</c> headers: requests are those of the day, tokens those of the minute.</summary>
internal static class RateLimitHeaders
{
    private const string Prefix = "x-ratelimit-";

    public static void Set(IHeaderDictionary headers, RateDecision decision)
    {
        Set(headers, "requests", decision.RequestsPerDay);
        Set(headers, "tokens", decision.TokensPerMinute);
    }

    public static void Remove(IHeaderDictionary headers)
    {
        var names = headers.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in names) headers.Remove(name);
    }

    private static void Set(IHeaderDictionary headers, string what, RateUse use)
    {
        headers[$"{Prefix}limit-{what}"] = use.Limit.ToString(CultureInfo.InvariantCulture);
        headers[$"{Prefix}remaining-{what}"] = use.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[$"{Prefix}reset-{what}"] = GoDuration.Format(use.Reset);
    }
}
