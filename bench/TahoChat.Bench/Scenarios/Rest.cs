using TahoChat.Bench.Load;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>REST over 1,000 conversations of 20 messages, and one of 10,000.</summary>
internal static class Rest
{
    public const string ListLatency = "the list, one at a time, p50, ms";
    public const string ListRate = "the list, requests/s";
    public const string OneLatency = "a conversation of 20 messages, one at a time, p50, ms";
    public const string OneRate = "a conversation of 20 messages, requests/s";
    public const string LongLatency = "the end of 10,000 messages, p50, ms";

    private const int Conversations = 1000;
    private const int Messages = 20;
    private const int Long = 10_000;

    public static async Task RunAsync(BenchRun bench, Subject subject, CancellationToken cancellationToken)
    {
        var folder = bench.NewFolder();
        // The server makes the schema.
        await using (await subject.StartAsync(bench.Provider, folder, cancellationToken)) { }
        var database = Path.Combine(folder, "chat.db");
        var id = await LongConversation.WriteAsync(database, Messages, cancellationToken);
        for (var i = 1; i < Conversations; i++) await LongConversation.WriteAsync(database, Messages, cancellationToken);
        var longId = await LongConversation.WriteAsync(database, Long, cancellationToken);

        await using var server = await subject.StartAsync(bench.Provider, folder, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(bench.Options.Quick ? 3 : 10), cancellationToken);
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            await MeasureAsync(bench, subject, server, "/conversations", ListLatency, ListRate, cancellationToken);
            await MeasureAsync(bench, subject, server, $"/conversations/{id}", OneLatency, OneRate, cancellationToken);
            await MeasureAsync(bench, subject, server, $"/conversations/{longId}?limit=60", LongLatency, null, cancellationToken);
        }
    }

    private static async Task MeasureAsync(
        BenchRun bench, Subject subject, Server server, string path, string latency, string? rate, CancellationToken cancellationToken)
    {
        var order = new LoadOrder(LoadKind.Requests, server.Address, subject.Protocol, 1) { Path = path, WarmUp = bench.Options.WarmUp, Measured = bench.Options.Measured };
        var alone = await LoadRun.RunAsync(bench.Provider, order, server, cancellationToken);
        bench.Results.Add("REST", latency, subject.Name, alone.Report.P50);
        if (rate is null) return;
        var many = await LoadRun.RunAsync(bench.Provider, order with { Connections = 16 }, server, cancellationToken);
        bench.Results.Add("REST", rate, subject.Name, many.Report.PerSecond);
    }
}
