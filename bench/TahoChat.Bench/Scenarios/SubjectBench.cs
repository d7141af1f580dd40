using TahoChat.Bench.Load;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>One round of one subject.</summary>
internal sealed record SubjectBench(BenchRun Run, Subject Subject, Server? Server, Uri Address)
{
    public const string Table = "Replies";

    public RunOptions Options => Run.Options;

    public Results Results => Run.Results;

    /// <summary>So many replies at so many chunks a second.</summary>
    public LoadOrder Streams(int count, int rate) => new(LoadKind.Streams, Address, Subject.Protocol, count)
    {
        Rate = rate,
        WarmUp = Options.WarmUp,
        Measured = Options.Measured,
    };

    public void Add(string row, double value) => Results.Add(Table, row, Subject.Name, value);

    /// <summary>Runs a load, and counts what it lost.</summary>
    public async Task<LoadResult> RunAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        var result = await LoadRun.RunAsync(Run.Provider, order, Server, cancellationToken);
        Run.Count(Subject, order, result.Report);
        return result;
    }
}
