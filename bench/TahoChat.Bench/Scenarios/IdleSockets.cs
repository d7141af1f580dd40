using TahoChat.Bench.Load;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>What a socket costs that is open and does nothing, on a server that did nothing else.</summary>
internal static class IdleSockets
{
    public const string Row = "KiB per idle socket";

    public static async Task RunAsync(BenchRun run, Subject subject, CancellationToken cancellationToken)
    {
        if (subject.Start is null || subject.Protocol != Protocol.WebSocket) return;
        await using var server = await subject.StartAsync(run.Provider, run.NewFolder(), cancellationToken);
        var bench = new SubjectBench(run, subject, server, server.Address);
        // The first ones pay for code and pools.
        var first = await bench.RunAsync(Sockets(bench, 200), cancellationToken);
        var count = run.Options.Quick ? 2000 : 8000;
        var all = await bench.RunAsync(Sockets(bench, count), cancellationToken);
        bench.Add(Row, (all.Memory - first.Memory) * 1024 / (count - 200));
    }

    private static LoadOrder Sockets(SubjectBench bench, int count) => new(LoadKind.Idle, bench.Address, bench.Subject.Protocol, count) { WarmUp = 1 };
}
