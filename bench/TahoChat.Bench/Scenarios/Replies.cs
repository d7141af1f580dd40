using Microsoft.Data.Sqlite;
using TahoChat.Bench.Load;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>All that is asked of every subject: its start, the first chunk, one stream, many, fast ones.</summary>
internal static class Replies
{
    /// <summary>A reply may have 1 MiB; these are 0.8.</summary>
    private const int ChunksOfOne = 40_000;

    private const int FastStreams = 20;

    private static readonly int[] _sizes = [50, 200];
    private static readonly int[] _quickSizes = [50];

    /// <summary>At which some are at their end: what they leave growing would be measured with what comes after.</summary>
    private static readonly int[] _largeSizes = [500, 1000, 1500];

    /// <summary>One round of one subject, on one server of its own.</summary>
    public static async Task RunAsync(BenchRun bench, Subject subject, CancellationToken cancellationToken)
    {
        var folder = bench.NewFolder();
        await using var server = subject.Start is null ? null : await subject.StartAsync(bench.Provider, folder, cancellationToken);
        var address = server?.Address ?? bench.Provider;
        var subjectBench = new SubjectBench(bench, subject, server, address);
        // What ours leaves for after its start is then done.
        if (subject.IsOwn) await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        if (server is not null) subjectBench.Add("memory after the start, MiB", server.Memory);
        await WarmUpAsync(subjectBench, cancellationToken);
        await FirstChunkAsync(subjectBench, cancellationToken);
        await OneStreamAsync(subjectBench, cancellationToken);
        await FanOutAsync(subjectBench, bench.Options.Quick ? _quickSizes : _sizes, cancellationToken);
        await FastAsync(subjectBench, cancellationToken);
        if (subject.IsOwn) await WatchersAsync(subjectBench, cancellationToken);
        if (!bench.Options.Quick) await FanOutAsync(subjectBench, _largeSizes, cancellationToken);
        if (subject.IsOwn) subjectBench.Add("problems that integrity_check finds in the database", Problems(Path.Combine(folder, "chat.db")));
    }

    /// <summary>Those that compile while they run do it before they are measured.</summary>
    public static async Task WarmUpAsync(SubjectBench bench, CancellationToken cancellationToken)
    {
        await LoadRun.RunAsync(bench.Run.Provider, new(LoadKind.FirstChunk, bench.Address, bench.Subject.Protocol, 10) { Rounds = bench.Options.Quick ? 15 : 40 }, null, cancellationToken);
        await LoadRun.RunAsync(bench.Run.Provider, bench.Streams(50, 50) with { WarmUp = 0, Measured = bench.Options.Quick ? 2 : 8 }, null, cancellationToken);
    }

    private static async Task FirstChunkAsync(SubjectBench bench, CancellationToken cancellationToken)
    {
        var one = await bench.RunAsync(new(LoadKind.FirstChunk, bench.Address, bench.Subject.Protocol, 1) { Rounds = bench.Options.Quick ? 20 : 150 }, cancellationToken);
        bench.Add("first chunk, one at a time, p50, ms", one.Report.P50);
        var many = await bench.RunAsync(new(LoadKind.FirstChunk, bench.Address, bench.Subject.Protocol, 50) { Rounds = bench.Options.Quick ? 5 : 15 }, cancellationToken);
        bench.Add("first chunk, 50 at once, p50, ms", many.Report.P50);
        bench.Add("first chunk, 50 at once, p99, ms", many.Report.P99);
    }

    private static async Task OneStreamAsync(SubjectBench bench, CancellationToken cancellationToken)
    {
        var (best, delay) = (0.0, 0.0);
        for (var i = 0; i < (bench.Options.Quick ? 1 : 4); i++)
        {
            var result = await bench.RunAsync(new(LoadKind.Streams, bench.Address, bench.Subject.Protocol, 1) { Chunks = ChunksOfOne }, cancellationToken);
            if (!result.Report.IsClean || result.Report.PerSecond < best) continue;
            (best, delay) = (result.Report.PerSecond, result.Report.P99);
        }

        bench.Add("one stream, chunks/s", best);
        bench.Add("one stream, delay p99, ms", delay);
    }

    private static async Task FanOutAsync(SubjectBench bench, int[] sizes, CancellationToken cancellationToken)
    {
        foreach (var size in sizes)
        {
            var result = await bench.RunAsync(bench.Streams(size, 50), cancellationToken);
            if (result.Lateness > LoadRun.MostLateness)
            {
                // What would be measured is the load.
                Console.WriteLine($"  {bench.Subject.Name}: {size} streams: the provider is {result.Lateness:F0} ms late, not counted");
                return;
            }

            bench.Add($"{size} streams of 50 chunks/s, delay p99, ms", result.Report.P99);
            // One that is at its end has nothing to say of more.
            if (!result.Report.IsClean || result.Report.P99 > 1000) return;
            if (bench.Server is null) continue;
            bench.Add($"{size} streams of 50 chunks/s, processor µs per chunk", result.PerItem);
            if (size == 500) bench.Add("memory at 500 streams, MiB", result.Memory);
        }
    }

    private static async Task FastAsync(SubjectBench bench, CancellationToken cancellationToken)
    {
        if (bench.Options.Quick) return;
        foreach (var rate in (int[])[300, 1000])
        {
            var result = await bench.RunAsync(bench.Streams(FastStreams, rate), cancellationToken);
            bench.Add($"{FastStreams} streams of {rate} chunks/s, delay p50, ms", result.Report.P50);
            bench.Add($"{FastStreams} streams of {rate} chunks/s, delay p99, ms", result.Report.P99);
            if (bench.Server is not null) bench.Add($"{FastStreams} streams of {rate} chunks/s, processor µs per chunk", result.PerItem);
        }
    }

    private static async Task WatchersAsync(SubjectBench bench, CancellationToken cancellationToken)
    {
        var order = bench.Streams(50, 50) with { Watchers = 4 };
        var watched = await bench.RunAsync(order, cancellationToken);
        var alone = bench.Results.Median("50 streams of 50 chunks/s, processor µs per chunk", bench.Subject.Name);
        // The report counts what all sockets were sent; a chunk has five of them.
        if (alone is { } one) bench.Add("each further watcher, processor µs per chunk", ((watched.PerItem * 5) - one) / 4);
    }

    private static double Problems(string database)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return command.ExecuteScalar() is "ok" ? 0 : 1;
    }
}
