using System.Globalization;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Groq;

/// <summary>Durations as Go prints them: <c>547ms</c>, <c>6s</c>, <c>2m52.8s</c>, <c>1h2m3s</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>The duration, to 100 ns; null where the text is none, or one of more than 10,000 days.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is not { Length: <= 64 } || Duration().Match(text) is not { Success: true } match) return null;
        var ticks = 0m;
        for (var part = 0; part < match.Groups["amount"].Captures.Count; part++)
        {
            var amount = decimal.Parse(match.Groups["amount"].Captures[part].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            ticks += amount * TicksOf(match.Groups["unit"].Captures[part].Value);
        }

        return ticks <= TimeSpan.TicksPerDay * 10_000m ? TimeSpan.FromTicks((long)Math.Round(ticks)) : null;
    }

    private static decimal TicksOf(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "ns" => 0.01m,
        _ => TimeSpan.TicksPerMicrosecond,
    };

    // The digits that a decimal takes at most, so that nothing here overflows.
    [GeneratedRegex(@"^(?:(?<amount>[0-9]{1,12}(?:\.[0-9]{1,9})?)(?<unit>ms|us|µs|μs|ns|h|m|s))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
