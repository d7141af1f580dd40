using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Health;

/// <summary>How the server is: <c>healthy</c> or <c>unhealthy</c>, and how the provider did in its last turn
/// (<c>unknown</c> before the first, <c>healthy</c>, <c>degraded</c>), which does not decide readiness, and whether the database
/// takes writes (<c>healthy</c>, <c>busy</c>, <c>failing</c>), which does.</summary>
public sealed record HealthResponse(string Status, DateTimeOffset Timestamp, string Version, string Provider, string Database);

/// <summary><c>GET /health</c>: whether this server can take messages.</summary>
public static class HealthApi
{
    /// <summary>The program's version, without the build's mark.</summary>
    public static string Version { get; } = (typeof(HealthApi).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/health", CheckAsync).WithTags("Service").WithSummary("Whether the server can take messages");

    private static async Task<Results<Ok<HealthResponse>, JsonHttpResult<HealthResponse>>> CheckAsync(
        HealthCheckService checks, ProviderState provider, DatabaseState database, IHostApplicationLifetime lifetime, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var healthy = report.Status != HealthStatus.Unhealthy && !lifetime.ApplicationStopping.IsCancellationRequested;
        var response = new HealthResponse(healthy ? "healthy" : "unhealthy", time.GetUtcNow(), Version, provider.Name, database.Name);
        return healthy
            ? TypedResults.Ok(response)
            : TypedResults.Json(response, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
