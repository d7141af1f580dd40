using System.Text.Json.Nodes;

namespace TahoChat.Tests.Promises;

/// <summary>Has commands done through sockets that break and a server that is restarted, each several times at once, until
/// each was acknowledged.</summary>
internal sealed class OnceRun(RestartedApi api, OnceScript script)
{
    private const int AtOnce = 16;

    /// <summary>How many acknowledgements nobody reads: some sockets are cut right after the send, some answers ignored.</summary>
    private const double Dropped = 0.3;

    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(20);

    private int _done;
    private int _attempts;
    private int _unread;

    public int Attempts => _attempts;

    /// <summary>Attempts whose acknowledgement was not read, by will or because the server was gone.</summary>
    public int Unread => _unread;

    /// <summary>All of them, while the server is restarted <paramref name="restarts"/> times in between.</summary>
    public async Task<List<OnceAnswer>> DoAsync(IReadOnlyList<OnceCommand> commands, int restarts, CancellationToken cancellationToken)
    {
        _done = 0;
        using var slots = new SemaphoreSlim(AtOnce);
        var running = commands.Select(async (command, number) =>
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return await DoAsync(command, number, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref _done);
                slots.Release();
            }
        }).ToList();
        await RestartAsync(commands.Count, restarts, cancellationToken);
        return [.. await Task.WhenAll(running)];
    }

    private async Task RestartAsync(int commands, int restarts, CancellationToken cancellationToken)
    {
        for (var restart = 1; restart <= restarts; restart++)
        {
            while (_done < commands * restart / (restarts + 1)) await Task.Delay(_again, cancellationToken);
            await api.RestartAsync(restart % 2 == 1 ? "KILL" : "TERM", cancellationToken);
        }
    }

    private async Task<OnceAnswer> DoAsync(OnceCommand command, int number, CancellationToken cancellationToken)
    {
        var attempts = 1 + script.Retries();
        var answers = await Task.WhenAll(Enumerable.Range(0, attempts).Select(attempt => AttemptAsync(command, number + attempt, cancellationToken)));
        var read = answers.OfType<JsonObject>().ToList();
        for (; read.Count == 0; attempts++)
        {
            if (await AttemptAsync(command, number + attempts, cancellationToken) is { } answer) read.Add(answer);
            else await Task.Delay(_again, cancellationToken);
        }

        return new OnceAnswer(command, read, attempts);
    }

    /// <summary>The acknowledgement; null where it was not read or the server could not do it now.</summary>
    private async Task<JsonObject?> AttemptAsync(OnceCommand command, int number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        var wire = await api.WireAsync(number, cancellationToken);
        var frame = command.Frame.DeepClone().AsObject();
        JsonObject? answer = null;
        if (script.Happens(Dropped))
        {
            await wire.SendAsync(frame, cancellationToken);
            if (script.Happens(0.2)) wire.Abort();
        }
        else answer = await wire.AskAsync(frame, cancellationToken);

        if (answer is null) Interlocked.Increment(ref _unread);
        if (answer.Text("status") != "error") return answer;
        return (bool)answer!["retryable"]! ? null : throw new InvalidOperationException($"Refused: {answer} for {command.Frame}");
    }
}
