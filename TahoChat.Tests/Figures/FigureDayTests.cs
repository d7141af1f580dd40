using System.Globalization;
using System.Text.Json.Nodes;
using TahoChat.Api.Figures;

namespace TahoChat.Tests.Figures;

/// <summary>A day is the caller's, whatever its clocks do.</summary>
public sealed class FigureDayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    // Spring: March 29 has 23 hours in Berlin, from 23:00 to 22:00 UTC.
    [InlineData("2026-03-30T12:00:00Z", "time_zone=Europe/Berlin", "2026-03-28T22:59:59.999Z 2026-03-28T23:00:00Z 2026-03-29T21:59:59.5Z 2026-03-29T22:00:00Z", "1 2 1")]
    // Autumn: October 25 has 25, from 22:00 to 23:00 UTC.
    [InlineData("2026-10-26T12:00:00Z", "time_zone=Europe/Berlin", "2026-10-24T21:59:59Z 2026-10-24T22:00:00Z 2026-10-25T22:59:59Z 2026-10-25T23:00:00Z", "1 2 1")]
    [InlineData("2026-05-03T00:30:00Z", "utc_offset=330", "2026-04-30T18:29:59Z 2026-04-30T18:30:00Z 2026-05-01T18:30:00Z 2026-05-02T18:29:59Z 2026-05-02T18:30:00Z", "1 2 1")]
    [InlineData("2026-05-03T00:30:00Z", "utc_offset=-60", "2026-04-30T00:59:59Z 2026-04-30T01:00:00Z 2026-05-02T00:59:59Z 2026-05-02T01:00:00Z", "1 1 1")]
    [InlineData("2026-05-03T00:30:00Z", "", "2026-04-30T23:59:59Z 2026-05-01T00:00:00Z 2026-05-03T00:00:00Z 2026-05-03T00:30:00Z", "1 0 2")]
    public async Task A_day_begins_at_midnight_of_the_callers_zone(string now, string zone, string sent, string expected)
    {
        await using var api = await FigureRows.StartAtAsync(now, Cancel);
        await api.AddAsync(Cancel, [.. sent.Split(' ').Select(time => new ReplyRow(time))]);

        var figures = await api.FiguresAsync($"?days=3&{zone}", Cancel);

        Assert.Equal(expected, string.Join(' ', Days(figures).Select(day => day["replies"]!["complete"]!.ToString())));
    }

    [Fact]
    public async Task Without_any_reply_every_day_is_there_and_says_nothing()
    {
        await using var api = await FigureRows.StartAtAsync("2026-03-01T23:30:00Z", Cancel);

        var figures = await api.FiguresAsync("?time_zone=Asia/Tokyo", Cancel);

        Assert.Equal(("2026-02-01", "2026-03-02", "Asia/Tokyo"), (figures.Text("from"), figures.Text("to"), figures.Text("time_zone")));
        Assert.Equal(
            Enumerable.Range(0, 30).Select(day => new DateOnly(2026, 2, 1).AddDays(day).ToString("O", CultureInfo.InvariantCulture)),
            Days(figures).Select(day => day.Text("date")));
        Assert.All(Days(figures), day => Assert.Equal(
            """{"complete":0,"stopped":0,"interrupted":0,"failed":0} {"prompt":0,"completion":0,"cached":0,"reasoning":0} {}""",
            $"{day["replies"]!.ToJsonString()} {day["tokens"]!.ToJsonString()} {day["cost"]!.ToJsonString()}"));
        Assert.False(figures["totals"]!.AsObject().ContainsKey("tokens_per_second"));
        Assert.Equal("[] [] []", $"{figures["models"]!.ToJsonString()} {figures["failures"]!.ToJsonString()} {figures["slowest"]!["by_duration"]!.ToJsonString()}");
    }

    [Theory]
    // Clocks go from midnight to one: the day begins where they jump.
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00")]
    // Clocks go from one back to midnight: it begins at the first one.
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00")]
    [InlineData("America/Havana", "2026-11-02", "2026-11-02T05:00:00")]
    [InlineData("Pacific/Apia", "2026-01-01", "2025-12-31T11:00:00")]
    public void A_midnight_that_is_skipped_or_comes_twice_begins_a_day_once(string zone, string day, string expected)
    {
        var period = new FigurePeriod(TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.UnixEpoch, 1);

        Assert.Equal(expected, period.StartOf(DateOnly.Parse(day, CultureInfo.InvariantCulture)).ToString("s", CultureInfo.InvariantCulture));
    }

    private static List<JsonObject> Days(JsonObject figures) => [.. figures["days"]!.AsArray().Select(day => day!.AsObject())];
}
