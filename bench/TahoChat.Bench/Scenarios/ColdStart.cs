using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>From the start of the process to the first healthy answer; the second start and later ones, as the first makes the database.</summary>
internal static class ColdStart
{
    public const string Row = "start to the first healthy answer, ms";

    public static async Task RunAsync(BenchRun bench, Subject subject, CancellationToken cancellationToken)
    {
        if (subject.Start is null) return;
        var folder = bench.NewFolder();
        for (var start = 0; start <= (bench.Options.Quick ? 2 : 5); start++)
        {
            await using var server = await subject.StartAsync(bench.Provider, folder, cancellationToken);
            if (start > 0) bench.Results.Add("Start", Row, subject.Name, server.StartedIn.TotalMilliseconds);
        }
    }
}
