using System.Globalization;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>The <c>x-ratelimit-*</c> headers of the free tier: requests a day, tokens a minute, a bucket that refills
/// continuously. They are shown and never enforced.</summary>
internal static class RateLimitHeaders
{
    private const int RequestsPerDay = 1000;
    private const int TokensPerMinute = 8000;
    private const string Prefix = "x-ratelimit-";

    public static void Set(IHeaderDictionary headers, int posts, int tokens)
    {
        Set(headers, "requests", RequestsPerDay, (posts - 1) % RequestsPerDay + 1, TimeSpan.FromDays(1));
        Set(headers, "tokens", TokensPerMinute, Math.Min(tokens, TokensPerMinute), TimeSpan.FromMinutes(1));
    }

    public static void Remove(IHeaderDictionary headers)
    {
        var names = headers.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in names) headers.Remove(name);
    }

    private static void Set(IHeaderDictionary headers, string what, int limit, int used, TimeSpan window)
    {
        headers[$"{Prefix}limit-{what}"] = limit.ToString(CultureInfo.InvariantCulture);
        headers[$"{Prefix}remaining-{what}"] = (limit - used).ToString(CultureInfo.InvariantCulture);
        headers[$"{Prefix}reset-{what}"] = GoDuration.Format(window * ((double)used / limit));
    }
}
