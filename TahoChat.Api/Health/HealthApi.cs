using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TahoChat.Api.Backups;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Health;

/// <summary>How the server is. It says nothing that a stranger should not see: whoever wants to know why reads the log.</summary>
/// <param name="Status"><c>healthy</c>, or <c>unhealthy</c> where it takes no messages.</param>
/// <param name="Timestamp">Now.</param>
/// <param name="Version">The program's.</param>
/// <param name="Provider">How the provider did in the last turns: <c>unknown</c> where none says anything, <c>healthy</c>,
/// <c>degraded</c>. It does not decide readiness.</param>
/// <param name="ProviderSince">When that was first seen; null for <c>unknown</c>.</param>
/// <param name="Database">Whether it takes writes: <c>healthy</c>, <c>busy</c> where another program holds it locked,
/// <c>failing</c> where it cannot be read or written, or a migration is missing. It decides readiness.</param>
/// <param name="Backups">Of a server that backs up by itself: <c>healthy</c>, or <c>failing</c> from a backup that could not be made
/// until one is. It does not decide readiness.</param>
public sealed record HealthResponse(
    string Status,
    DateTimeOffset Timestamp,
    string Version,
    string Provider,
    DateTimeOffset? ProviderSince,
    string Database,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Backups);

/// <summary><c>GET /health</c>: whether this server can take messages.</summary>
public static class HealthApi
{
    /// <summary>The program's version, without the build's mark.</summary>
    public static string Version { get; } = (typeof(HealthApi).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/health", CheckAsync).WithTags("Service").WithSummary("Whether the server can take messages");

    private static async Task<Results<Ok<HealthResponse>, JsonHttpResult<HealthResponse>>> CheckAsync(
        HealthCheckService checks, ProviderState provider, DatabaseState database, BackupState backups, BackupSettings schedule,
        IHostApplicationLifetime lifetime, TimeProvider time, HttpResponse http, CancellationToken cancellationToken)
    {
        http.Headers.CacheControl = "no-store";
        var report = await checks.CheckHealthAsync(cancellationToken);
        var healthy = report.Status != HealthStatus.Unhealthy && !lifetime.ApplicationStopping.IsCancellationRequested;
        var (state, since) = provider.Health;
        var readable = report.Entries[DataServices.SchemaCheck].Status == HealthStatus.Healthy;
        var response = new HealthResponse(
            healthy ? "healthy" : "unhealthy",
            time.GetUtcNow(),
            Version,
            state,
            since,
            readable ? database.Name : "failing",
            schedule.Every is null ? null : backups.Name);
        return healthy
            ? TypedResults.Ok(response)
            : TypedResults.Json(response, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
