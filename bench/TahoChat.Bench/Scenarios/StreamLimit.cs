using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>How many replies of 50 chunks a second one core carries, p99 below 100 ms, nothing lost: by bisection.</summary>
internal static class StreamLimit
{
    public const string Row = "streams of 50 chunks/s, p99 below 100 ms, 0 lost";

    private const double Deadline = 100;
    private const int Most = 4000;

    public static async Task RunAsync(BenchRun bench, Subject subject, CancellationToken cancellationToken)
    {
        await using var server = subject.Start is null ? null : await subject.StartAsync(bench.Provider, bench.NewFolder(), cancellationToken);
        var subjectBench = new SubjectBench(bench, subject, server, server?.Address ?? bench.Provider);
        await HoldsAsync(subjectBench, 50, cancellationToken);
        var (holds, fails) = (0, Most);
        var precision = bench.Options.Quick ? 200 : 50;
        for (var next = 400; fails - holds > precision;)
        {
            // Two failures count: one may be the machine's.
            if (await HoldsAsync(subjectBench, next, cancellationToken) || await HoldsAsync(subjectBench, next, cancellationToken)) holds = next;
            else fails = next;
            next = fails == Most ? Math.Min(holds * 2, Most - 1) : (holds + fails) / 2 / 25 * 25;
            if (next <= holds) break;
        }

        subjectBench.Add(Row, holds);
    }

    private static async Task<bool> HoldsAsync(SubjectBench bench, int streams, CancellationToken cancellationToken)
    {
        var result = await LoadRun.RunAsync(bench.Run.Provider, bench.Streams(streams, 50), bench.Server, cancellationToken);
        Console.WriteLine($"  {bench.Subject.Name}: {streams} streams: p99 {result.Report.P99:F1} ms, {result.Report.Lost} lost, {result.Report.Errors} errors, {result.PerItem:F1} µs per chunk; the provider {result.Lateness:F1} ms late");
        return result.Report.IsClean && result.Report.P99 < Deadline && result.Lateness < LoadRun.MostLateness;
    }
}
