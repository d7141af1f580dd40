namespace TahoChat.Api.Lifetime;

/// <summary>What need not be done before the first request is answered waits here: a start shares its core with everything that runs beside it.</summary>
internal static class AfterStart
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the server has listened for a moment.</summary>
    /// <exception cref="OperationCanceledException">It ends before that.</exception>
    public static async Task SettledAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
        await Task.Delay(_moment, cancellationToken);
    }
}
