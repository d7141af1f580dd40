using System.Globalization;
using TahoChat.Bench.Load;

namespace TahoChat.Bench.Runs;

/// <summary>A run of the benchmark: what it was told, who answers, what came of it.</summary>
internal sealed class BenchRun(RunOptions options, Uri provider, string collector, Results results) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-bench-");
    private int _folders;

    public RunOptions Options => options;

    public Uri Provider => provider;

    /// <summary>Where telemetry goes.</summary>
    public string Collector => collector;

    public Results Results => results;

    /// <summary>A folder that is gone when the run ends.</summary>
    public string NewFolder() => _folder.CreateSubdirectory((++_folders).ToString(CultureInfo.InvariantCulture)).FullName;

    /// <summary>Notes what was lost: a load that ours is to carry has to lose nothing.</summary>
    public void Count(Subject subject, LoadOrder order, LoadReport report)
    {
        if (report.IsClean) return;
        var trouble = $"{subject.Name}, {order.Connections} × {order.Kind} at {order.Rate}/s: {report.Lost} lost, {report.Misplaced} misplaced, {report.Errors} errors{(report.Error is { } error ? $" ({error})" : "")}";
        results.Troubles.Add(trouble);
        Console.WriteLine("  ! " + trouble);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
