using System.Globalization;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>Durations as Go prints them: <c>547ms</c>, <c>6s</c>, <c>2m52.8s</c>, <c>1h0m0s</c>.</summary>
internal static class GoDuration
{
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, duration.TotalMilliseconds):0.###}ms");
        }

        var hours = (long)duration.TotalHours;
        var rest = TimeSpan.FromTicks(duration.Ticks % TimeSpan.TicksPerMinute).TotalSeconds;
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{rest:0.####}s");
        return hours > 0
            ? $"{hours}h{duration.Minutes}m{seconds}"
            : duration.Minutes > 0 ? $"{duration.Minutes}m{seconds}" : seconds;
    }
}
