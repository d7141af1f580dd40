using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Figures;

/// <summary>The figures over REST. The page that shows them is <c>/figures</c>, which is why they are not.</summary>
public static class FigureApi
{
    private const int UsualDays = 30;

    public static void AddFigures(this WebApplicationBuilder builder) => builder.Services.AddSingleton<FigureReader>();

    public static void MapFigures(this WebApplication app) =>
        app.MapGet("/stats/figures", ReadAsync).WithTags("Conversations")
            .WithSummary("Replies, tokens, speed, the slowest replies and failures, by day and by model");

    private static async Task<Results<Ok<FiguresResponse>, ProblemHttpResult>> ReadAsync(
        FigureReader reader,
        TimeProvider time,
        HttpContext http,
        [Description("1 to 365; the last one is today")] int days = UsualDays,
        [Description("The IANA name of the zone whose days are counted, such as Europe/Berlin; UTC without it")] string? time_zone = null,
        [Description("Instead of time_zone: its minutes east of UTC, -840 to 840")] int? utc_offset = null,
        CancellationToken cancellationToken = default)
    {
        if (days is < 1 or > FigurePeriod.MaxDays) return Problems.Invalid($"days has to be 1 to {FigurePeriod.MaxDays}.");
        if (FigurePeriod.ZoneOf(time_zone, utc_offset, out var problem) is not { } zone) return Problems.Invalid(problem!);
        var period = new FigurePeriod(zone, time.GetUtcNow(), days);
        return TypedResults.Ok(await reader.ReadAsync(ChatIdentity.Of(http).OwnerId, period, cancellationToken));
    }
}
