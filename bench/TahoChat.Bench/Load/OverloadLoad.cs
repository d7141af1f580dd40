using TahoChat.Bench.Provider;

namespace TahoChat.Bench.Load;

/// <summary>Three times as many replies as the server lets grow: those that it takes are measured, the others have to be refused at once; when
/// they have ended, there is room again.</summary>
internal static class OverloadLoad
{
    private const int Times = 3;

    public static async Task<LoadReport> RunAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        var wires = await LoadProgram.ConnectAsync(order, order.Connections * Times, cancellationToken);
        var prompt = new BenchPrompt(order.Rate, (int)(order.Rate * order.Measured));
        Console.WriteLine(LoadProgram.Begin);
        var asked = new List<Task<(Stamps Stamps, double Took, string? Error)>>();
        for (var i = 0; i < wires.Length; i++)
        {
            asked.Add(AskAsync(wires[i], prompt, cancellationToken));
            if (i % 10 == 9) await Task.Delay(10, cancellationToken);
        }

        var answers = await Task.WhenAll(asked);
        Console.WriteLine(LoadProgram.End);
        var again = await AskAsync(wires[0], new BenchPrompt(0, 5), cancellationToken);
        foreach (var wire in wires) wire.Dispose();
        var refused = answers.Where(answer => answer.Error?.Contains("\"overloaded\"", StringComparison.Ordinal) == true).ToList();
        var taken = answers.Except(refused).ToList();
        var failed = taken.Append(again).Where(answer => answer.Error is not null).ToList();
        return LoadProgram.Report([.. taken.SelectMany(answer => answer.Stamps.Delays)], order.Measured) with
        {
            Lost = taken.Sum(answer => answer.Stamps.Lost),
            Misplaced = taken.Sum(answer => answer.Stamps.Misplaced),
            Errors = failed.Count,
            Error = failed.FirstOrDefault().Error,
            Refused = refused.Count,
            LongestRefusal = refused.Select(answer => answer.Took).DefaultIfEmpty().Max(),
        };
    }

    private static async Task<(Stamps Stamps, double Took, string? Error)> AskAsync(Wire wire, BenchPrompt prompt, CancellationToken cancellationToken)
    {
        var stamps = new Stamps { IsMeasuring = true };
        var sent = ChunkWriter.Now;
        await wire.SendAsync(prompt.ToString(), cancellationToken);
        await wire.ReadReplyAsync(stamps, cancellationToken);
        if (wire.Error is null) stamps.End(prompt.Chunks);
        return (stamps, (ChunkWriter.Now - sent) / 1000.0, wire.Error);
    }
}
