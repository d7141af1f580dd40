using System.Globalization;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Figures;

/// <summary>Whole days of a time zone, the last of which is today there.</summary>
internal sealed partial class FigurePeriod
{
    public const int MaxDays = 365;

    /// <summary>Minutes: UTC+14 is as far as a zone goes to either side.</summary>
    public const int MaxOffset = 14 * 60;

    private const int LongestName = 64;

    private readonly TimeZoneInfo _zone;

    public FigurePeriod(TimeZoneInfo zone, DateTimeOffset now, int days)
    {
        _zone = zone;
        Days = days;
        To = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        From = To.AddDays(1 - days);
    }

    public int Days { get; }

    public DateOnly From { get; }

    public DateOnly To { get; }

    public string ZoneName => _zone.Id;

    /// <summary>When as many days before this period begin, in UTC.</summary>
    public DateTime Before => StartOf(From.AddDays(-Days));

    /// <summary>When a day begins, in UTC. Where clocks skip midnight that is when they skip it; where they show it twice, the first
    /// time.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = _zone.IsAmbiguousTime(midnight) ? _zone.GetAmbiguousTimeOffsets(midnight).Max() : _zone.GetUtcOffset(midnight);
        return DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc);
    }

    /// <summary>The zone of an IANA name or of minutes east of UTC; null, with the reason in words, where it is not one.</summary>
    public static TimeZoneInfo? ZoneOf(string? name, int? offset, out string? problem)
    {
        problem = (name, offset) switch
        {
            ({ Length: > 0 }, not null) => "Give time_zone or utc_offset, not both.",
            (_, < -MaxOffset or > MaxOffset) => $"utc_offset has to be {-MaxOffset} to {MaxOffset} minutes.",
            _ => null,
        };
        if (problem is not null) return null;
        if (string.IsNullOrEmpty(name)) return Fixed(offset ?? 0);
        // The name becomes part of a path where the system keeps its zones in files.
        if (name.Length <= LongestName && IanaName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return zone;
        problem = "time_zone has to be the IANA name of a time zone, such as Europe/Berlin.";
        return null;
    }

    private static TimeZoneInfo Fixed(int offset)
    {
        if (offset == 0) return TimeZoneInfo.Utc;
        var span = TimeSpan.FromMinutes(offset);
        var name = string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < 0 ? '-' : '+')}{span:hh\\:mm}");
        return TimeZoneInfo.CreateCustomTimeZone(name, span, name, name);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IanaName();
}
