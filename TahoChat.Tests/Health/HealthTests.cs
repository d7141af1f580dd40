using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Health;

/// <summary>How the server says that it is.</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_classic_answer_comes_with_the_states_of_the_provider_and_the_database_and_nothing_else()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var health = await api.CallAsync("GET", "/health", Cancel);

        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.Equal(["status", "timestamp", "version", "provider", "provider_since", "database"], health.Json.Select(property => property.Key));
        Assert.Equal(("healthy", "unknown", "healthy"), (health.Json.Text("status"), health.Json.Text("provider"), health.Json.Text("database")));
        Assert.Null(health.Json["provider_since"]);
        Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(health.Json.Text("timestamp")!, CultureInfo.InvariantCulture).Offset);
        Assert.True(health.Response.Headers.CacheControl!.NoStore);
        Assert.Equal("{\"status\":\"healthy\"}", (await api.CallAsync("GET", "/alive", Cancel)).Text);
    }

    [Fact]
    public async Task The_provider_is_degraded_when_most_of_the_last_turns_failed_and_the_server_is_ready_all_the_same()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        var started = DateTimeOffset.UtcNow.AddSeconds(-1);

        Assert.Equal("unknown", await AfterAsync("Fails [emulator fault=401]"));
        Assert.Equal("unknown", await AfterAsync("Wrong request [emulator fault=413]"));
        Assert.Equal("degraded", await AfterAsync("Fails again [emulator fault=500]"));
        var degraded = (await api.CallAsync("GET", "/health", Cancel)).Json;
        Assert.InRange(DateTimeOffset.Parse(degraded.Text("provider_since")!, CultureInfo.InvariantCulture), started, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.DoesNotContain("provider_unauthorized", degraded.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("degraded", await AfterAsync("Works"));
        Assert.Equal(degraded.Text("provider_since"), (await api.CallAsync("GET", "/health", Cancel)).Json.Text("provider_since"));
        Assert.Equal("healthy", await AfterAsync("Works again"));
        Assert.Equal("healthy", await AfterAsync("Works on"));
        Assert.Equal("healthy", await AfterAsync("Fails once more [emulator fault=cut]"));

        async Task<string?> AfterAsync(string message)
        {
            await using var socket = await api.ConnectAsync(Cancel);
            await socket.TurnAsync(new { message }, Cancel);
            var posts = api.Replies().Count;
            var health = await api.CallAsync("GET", "/health", Cancel);
            Assert.Equal((HttpStatusCode.OK, "healthy", posts), (health.Status, health.Json.Text("status"), api.Replies().Count));
            return health.Json.Text("provider");
        }
    }

    [Fact]
    public async Task A_database_that_is_locked_while_nobody_writes_is_found_out()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestApi.StartAsync(
            Cancel, services: services => services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DatabaseState>(provider, (TimeProvider)clock)));
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Before" }, Cancel);
        await using var other = await OpenAsync(api);
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");

        clock.Advance(TimeSpan.FromMinutes(1));
        var locked = await api.CallAsync("GET", "/health", Cancel);
        var alive = await api.CallAsync("GET", "/alive", Cancel);
        await ExecuteAsync(other, "ROLLBACK");
        var free = await api.CallAsync("GET", "/health", Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy", "busy"), (locked.Status, locked.Json.Text("status"), locked.Json.Text("database")));
        Assert.Equal(HttpStatusCode.OK, alive.Status);
        Assert.Equal((HttpStatusCode.OK, "healthy"), (free.Status, free.Json.Text("database")));
    }

    [Fact]
    public async Task A_database_without_a_migration_is_not_ready()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var other = await OpenAsync(api);
        await ExecuteAsync(other, "DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)");

        var health = await api.CallAsync("GET", "/health", Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy", "failing"), (health.Status, health.Json.Text("status"), health.Json.Text("database")));
        Assert.DoesNotContain("igration", health.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_server_ends_it_says_so()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var api = await TestApi.StartAsync(Cancel, services: services => services.AddHostedService(_ => new SlowToStop(release.Task)));
        var lifetime = api.Services.GetRequiredService<IHostApplicationLifetime>();
        var ended = api.DisposeAsync;

        lifetime.StopApplication();
        var health = await ApiCalls.UntilAsync(
            () => api.CallAsync("GET", "/health", Cancel), answer => answer.Status != HttpStatusCode.OK, Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (health.Status, health.Json.Text("status")));
        release.SetResult();
        await ended();
    }

    private static async Task<SqliteConnection> OpenAsync(TestApi api)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False");
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed class SlowToStop(Task released) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => released.WaitAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
