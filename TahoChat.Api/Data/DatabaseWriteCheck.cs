using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TahoChat.Api.Data;

/// <summary>Unhealthy while the database takes no writes. Costs nothing while it was seen to; when nobody wrote lately, and in
/// trouble, the check tries one that changes nothing.</summary>
internal sealed class DatabaseWriteCheck(DatabaseState state, DatabaseWriter writer) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (state.TookLately) return HealthCheckResult.Healthy();
        try
        {
            await writer.WriteAsync(
                static write => write.Run("UPDATE owners SET revision = revision"), cancellationToken);
            return state.Name == "healthy" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("There is no room for more.");
        }
        catch (DatabaseException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Code);
        }
    }
}
