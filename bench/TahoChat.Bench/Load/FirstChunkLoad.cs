using System.Diagnostics;
using TahoChat.Bench.Provider;

namespace TahoChat.Bench.Load;

/// <summary>Messages that open a conversation each, on all sockets at the same moment, and how long each waits for its first text.</summary>
internal static class FirstChunkLoad
{
    private const int WarmUps = 5;

    private static readonly BenchPrompt _prompt = new(0, 5);

    /// <summary>Between two rounds, so that what follows a reply is not measured as what goes before the next.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(30);

    public static async Task<LoadReport> RunAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        var wires = await LoadProgram.ConnectAsync(order, order.Connections, cancellationToken);
        var waits = new List<int>();
        var (lost, misplaced) = (0L, 0L);
        var errors = new List<string>();
        var began = Stopwatch.GetTimestamp();
        for (var round = -WarmUps; round < order.Rounds; round++)
        {
            if (round == 0) Console.WriteLine(LoadProgram.Begin);
            var answers = await Task.WhenAll(wires.Select(wire => AskAsync(wire, cancellationToken)));
            await Task.Delay(_pause, cancellationToken);
            foreach (var (wait, stamps, error) in answers)
            {
                if (round >= 0 && error is null) waits.Add(wait);
                if (error is not null) errors.Add(error);
                lost += stamps.Lost;
                misplaced += stamps.Misplaced;
            }
        }

        Console.WriteLine(LoadProgram.End);
        foreach (var wire in wires) wire.Dispose();
        return LoadProgram.Report(waits, Stopwatch.GetElapsedTime(began).TotalSeconds) with
        {
            Lost = lost,
            Misplaced = misplaced,
            Errors = errors.Count,
            Error = errors.FirstOrDefault(),
        };
    }

    private static async Task<(int Wait, Stamps Stamps, string? Error)> AskAsync(Wire wire, CancellationToken cancellationToken)
    {
        var stamps = new Stamps();
        var sent = ChunkWriter.Now;
        await wire.SendAsync(_prompt.ToString(), cancellationToken);
        await wire.ReadReplyAsync(stamps, cancellationToken);
        stamps.End(_prompt.Chunks);
        return ((int)(stamps.FirstAt - sent), stamps, wire.Error);
    }
}
