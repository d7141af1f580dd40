using TahoChat.Api.Chat;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Lifetime;

/// <summary>The order of the end: no more sends, what grows is saved, then the sockets are told. Kestrel itself would
/// leave open sockets alone and cut them after its own time limit.</summary>
public sealed class GracefulStop(GenerationHub hub, ChatSessions sessions) : IHostedLifecycleService
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(3);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before any service is stopped, Kestrel among them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        try
        {
            await hub.ShutDownAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // What could not be saved in time is swept to interrupted at the next start.
        }

        await sessions.CloseAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
