using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Data;

/// <summary>Registers the database.</summary>
public static class DataServices
{
    /// <summary>How long a locked database is waited for, in seconds. Microsoft.Data.Sqlite's own retry obeys this and
    /// not <c>PRAGMA busy_timeout</c>.</summary>
    private const int BusyTimeoutSeconds = 2;

    /// <summary>The name of the check that the database can be read and every migration is done.</summary>
    public const string SchemaCheck = "database";

    /// <summary>The context, its writer, the start-up work and the health check.</summary>
    public static void AddData(this WebApplicationBuilder builder, DatabaseSettings settings)
    {
        builder.Services.AddPooledDbContextFactory<ChatDbContext>(options => Configure(options, settings.Path));
        builder.Services.AddScoped(services =>
            services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContext());
        builder.Services.AddSingleton<DatabaseState>();
        builder.Services.AddSingleton<DataVersion>();
        builder.Services.AddSingleton<DatabaseWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseWriter>());
        builder.Services.AddSingleton<DatabaseStartup>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseSchemaCheck>(SchemaCheck, tags: ["ready"])
            .AddCheck<DatabaseWriteCheck>("database writes", tags: ["ready"]);
        // The state of the database tells it already, once.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    internal static void Configure(DbContextOptionsBuilder options, string path)
    {
        options
            .UseSqlite(ConnectionString(path))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // Whoever ran it tells of a failure; Entity Framework would add a stack trace for each write to a full disk.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug),
                (RelationalEventId.TransactionError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        Failpoint.WatchMigrations(options);
    }

    internal static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        DefaultTimeout = BusyTimeoutSeconds,
    }.ToString();

    /// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no database.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<ChatDbContext>
    {
        public ChatDbContext CreateDbContext(string[] args)
        {
            var options = new DbContextOptionsBuilder<ChatDbContext>();
            Configure(options, "design-time.db");
            return new ChatDbContext(options.Options);
        }
    }
}
