using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TahoChat.Tests.Health;

/// <summary>How the server says that it is.</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_providers_state_is_that_of_the_last_turn_and_costs_no_call()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var health = await api.CallAsync("GET", "/health", Cancel);
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.Equal(["status", "timestamp", "version", "provider", "database"], health.Json.Select(property => property.Key));
        Assert.Equal(("healthy", "unknown", "healthy"), (health.Json.Text("status"), health.Json.Text("provider"), health.Json.Text("database")));
        Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(health.Json.Text("timestamp")!, System.Globalization.CultureInfo.InvariantCulture).Offset);

        Assert.Equal("degraded", await AfterAsync("Fails [emulator fault=401]"));
        Assert.Equal("degraded", await AfterAsync("Wrong request [emulator fault=413]"));
        Assert.Equal("healthy", await AfterAsync("Works"));

        async Task<string?> AfterAsync(string message)
        {
            await using var socket = await api.ConnectAsync(Cancel);
            await socket.TurnAsync(new { message }, Cancel);
            var posts = api.Replies().Count;
            var state = await ApiCalls.UntilAsync(
                async () => (await api.CallAsync("GET", "/health", Cancel)).Json, answer => answer.Text("provider") != "unknown", Cancel);
            Assert.Equal(("healthy", posts), (state.Text("status"), api.Replies().Count));
            return state.Text("provider");
        }
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
