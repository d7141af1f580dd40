using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Telemetry.Browser;

/// <summary>What the page does with its own spans.</summary>
/// <param name="Traces">Whether spans go anywhere.</param>
/// <param name="TraceUrl">A trace's page in the dashboard, with <c>{trace_id}</c> in the place of its 32 hex digits; null where no
/// dashboard is known.</param>
public sealed record TelemetryResponse(bool Traces, string? TraceUrl)
{
    internal static TelemetryResponse From(TelemetrySettings settings) => new(
        settings.Traces is not null,
        settings.Dashboard is { } dashboard ? $"{dashboard.AbsoluteUri}traces/detail/{{trace_id}}" : null);
}

/// <summary>Telemetry over REST, for the page.</summary>
public static class TelemetryApi
{
    public static void AddBrowserTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BrowserTraceReceiver>();
        builder.Services.AddSingleton<BrowserTraceForwarder>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BrowserTraceForwarder>());
    }

    public static void MapTelemetry(this WebApplication app)
    {
        var telemetry = app.MapGroup("/telemetry").WithTags("Service");
        telemetry.MapGet("/", Tell).WithSummary("Whether spans go anywhere, and where a trace is looked at");
        telemetry.MapPost("/traces", ReceiveAsync).WithSummary("Take a page's own spans: OTLP over HTTP in JSON");
    }

    private static Ok<TelemetryResponse> Tell(TelemetrySettings settings) => TypedResults.Ok(TelemetryResponse.From(settings));

    private static Task<Results<JsonHttpResult<TracesResponse>, ProblemHttpResult>> ReceiveAsync(
        BrowserTraceReceiver receiver, HttpContext http, CancellationToken cancellationToken) => receiver.ReceiveAsync(http, cancellationToken);
}
