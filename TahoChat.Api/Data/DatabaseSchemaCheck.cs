using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Data;

/// <summary>Unhealthy where the database cannot be read, or a migration is missing.</summary>
internal sealed class DatabaseSchemaCheck(DatabaseSettings settings) : IHealthCheck
{
    private readonly string _connectionString = DataServices.ConnectionString(settings.Path);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return DatabaseInspection.Known.Except(DatabaseInspection.Applied(connection)).Any()
            ? HealthCheckResult.Unhealthy("A migration is missing.")
            : HealthCheckResult.Healthy();
    }
}
