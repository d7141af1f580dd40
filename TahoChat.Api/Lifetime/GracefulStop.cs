using TahoChat.Api.Chat;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Lifetime;

/// <summary>The order of the end: no more sends, growing replies end or are saved as far as they came, then the sockets are
/// told. Kestrel itself would leave open sockets alone and cut them after its own time limit. While replies end, whoever
/// comes is served: only what would begin a reply is refused.</summary>
public sealed class GracefulStop(Ending ending, GenerationHub hub, ChatSessions sessions) : IHostedLifecycleService
{
    /// <summary>A locked database takes no longer to say so.</summary>
    private static readonly TimeSpan _saving = TimeSpan.FromSeconds(2.5);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before any service is stopped, Kestrel among them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        ending.Begin();
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.GraceIsOver);
        await UntilAsync(hub.DrainAsync(grace.Token));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.IsOver);
        limit.CancelAfter(_saving);
        await UntilAsync(hub.ShutDownAsync(limit.Token));
        await sessions.CloseAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What could not be saved in time is swept to interrupted at the next start.</summary>
    private static async Task UntilAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The next step takes what is left.
        }
    }
}
