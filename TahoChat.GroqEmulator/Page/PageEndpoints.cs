using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Record;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Page;

/// <summary>The body of <c>PUT /emulator/limits</c>.</summary>
internal sealed record LimitsCommand(bool Enforced, RateLimits? Limits);

/// <summary>The body of <c>PUT /emulator/fault</c>. Without <paramref name="Left"/> it strikes until it is switched off.</summary>
internal sealed record FaultCommand(string? Name, int? Left, string? Directives);

/// <summary>The emulator's page, and what its buttons do.</summary>
internal static class PageEndpoints
{
    private const int MostRequests = 1_000;
    private const int LongestDirectives = 500;
    private const int HighestLimit = 1_000_000_000;

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        routes.MapPageFiles();
        routes.MapGet("/emulator/events", (HttpContext http, PageEvents events) => events.WriteAsync(http));
        routes.MapGet("/emulator/requests/{number:long}", (long number, EmulatorRecord record) =>
            record.Requests.FirstOrDefault(request => request.Number == number) is { } found
                ? Results.Json(found, PageState.Json)
                : Results.NotFound());
        routes.MapPut("/emulator/fault", ArmAsync);
        routes.MapDelete("/emulator/fault", (FaultSwitch faults) =>
        {
            faults.Disarm();
            return Results.NoContent();
        });
        routes.MapPut("/emulator/limits", LimitAsync);
        routes.MapPost("/emulator/reset", (FaultSwitch faults, RateLimiter limiter, PromptCache cache, EmulatorRecord record) =>
        {
            faults.Disarm();
            limiter.Reset();
            cache.Clear();
            record.Clear();
            return Results.NoContent();
        });
    }

    private static async Task ArmAsync(HttpContext http, FaultSwitch faults, CancellationToken cancellationToken)
    {
        try
        {
            var command = await ReadAsync<FaultCommand>(http, cancellationToken);
            if (command.Left is < 1 or > MostRequests) throw new GroqErrorException($"emulator: left must be from 1 to {MostRequests}.");
            var directives = command.Directives ?? "";
            if (directives.Length > LongestDirectives) throw new GroqErrorException("emulator: these directives are too long.");
            faults.Arm(new ArmedFault(command.Name ?? "", command.Left, directives.Trim()));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (GroqErrorException exception)
        {
            await GroqJson.WriteAsync(http, exception.Error.Status, new ErrorBody(exception.Error), cancellationToken);
        }
    }

    private static async Task LimitAsync(HttpContext http, RateLimiter limiter, CancellationToken cancellationToken)
    {
        try
        {
            var command = await ReadAsync<LimitsCommand>(http, cancellationToken);
            var limits = command.Limits ?? limiter.Limits;
            int[] all = [limits.RequestsPerMinute, limits.RequestsPerDay, limits.TokensPerMinute, limits.TokensPerDay];
            if (all.Any(limit => limit is < 1 or > HighestLimit)) throw new GroqErrorException($"emulator: a limit must be from 1 to {HighestLimit}.");
            limiter.Set(limits, command.Enforced);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (GroqErrorException exception)
        {
            await GroqJson.WriteAsync(http, exception.Error.Status, new ErrorBody(exception.Error), cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext http, CancellationToken cancellationToken)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(PageState.Json, cancellationToken) ?? throw new GroqErrorException("emulator: the body is empty.");
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new GroqErrorException("emulator: the body is not the JSON that this takes.");
        }
    }
}
