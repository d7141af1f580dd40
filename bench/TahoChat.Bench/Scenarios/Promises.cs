using TahoChat.Bench.Load;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>The two promises of docs/how-it-works.md that need a load: 500 replies at 30 tokens a second, and three times the capacity.</summary>
internal static class Promises
{
    private const string Table = "Promises under load";
    private const int Capacity = 500;

    public static async Task RunAsync(BenchRun bench, CancellationToken cancellationToken)
    {
        var own = new Subject(Subject.Own, Protocol.WebSocket, place => Subjects.Own(bench.Options, place, bench.Collector, Capacity));
        await using var server = await own.StartAsync(bench.Provider, bench.NewFolder(), cancellationToken);
        var subject = new SubjectBench(bench, own, server, server.Address);
        await Replies.WarmUpAsync(subject, cancellationToken);
        var load = await subject.RunAsync(subject.Streams(Capacity, 30), cancellationToken);
        bench.Results.Add(Table, "500 replies of 30 chunks/s, delay p99, ms", own.Name, load.Report.P99);
        bench.Results.Add(Table, "500 replies of 30 chunks/s, memory, MiB", own.Name, load.Memory);

        var overload = await subject.RunAsync(
            new(LoadKind.Overload, server.Address, Protocol.WebSocket, Capacity) { Rate = 30, Measured = bench.Options.Measured + 2 }, cancellationToken);
        bench.Results.Add(Table, "1,500 asked for where 500 fit: refused", own.Name, overload.Report.Refused);
        bench.Results.Add(Table, "1,500 asked for where 500 fit: longest wait for the refusal, ms", own.Name, overload.Report.LongestRefusal);
        bench.Results.Add(Table, "1,500 asked for where 500 fit: delay p99 of those taken, ms", own.Name, overload.Report.P99);
    }
}
