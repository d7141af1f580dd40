namespace TahoChat.Api.Tools.Mcp;

/// <summary>The configured servers; each is connected by itself, once ours listens.</summary>
public sealed class McpServers(McpSettings settings, ILoggerFactory loggers, TimeProvider time, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<McpServer> All { get; } = [.. settings.Servers.Select(server => new McpServer(server, loggers, time))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (lifetime.ApplicationStarted.Register(started.SetResult)) await started.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(All.Select(server => Task.Run(() => server.RunAsync(stoppingToken), CancellationToken.None)));
    }
}
