using TahoChat.Bench.LargeDatabase;
using TahoChat.Bench.Scenarios;

namespace TahoChat.Bench.Runs;

/// <summary>What is aimed at, and whether it was reached in this run.</summary>
/// <param name="What">As the table has it.</param>
/// <param name="Measured">Of the run's results; null where it was not measured.</param>
/// <param name="Aim">The bound.</param>
/// <param name="AtLeast">Whether the bound is the least that counts; else the most.</param>
/// <param name="Unit">Of both.</param>
internal sealed record Target(string What, Func<Results, double?> Measured, double Aim, bool AtLeast, string Unit)
{
    public bool IsMet(double value) => AtLeast ? value >= Aim : value <= Aim;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        Least("one stream", "one stream, chunks/s", 60_000, "chunks/s"),
        Most("first chunk after a send, its message durable", "first chunk, one at a time, p50, ms", 2, "ms"),
        Most("first chunk, 50 at once", "first chunk, 50 at once, p50, ms", 5, "ms"),
        Ratio("streams on one core, to the bare relay's", StreamLimit.Row, Subject.Relay, 1, atLeast: true),
        Ratio("streams on one core, to the tuned relay's", StreamLimit.Row, Subject.TunedRelay, 0.7, atLeast: true),
        Ratio("processor per chunk at 50 streams, to the bare relay's", PerChunk(50), Subject.Relay, 1.1),
        Ratio("processor per chunk at 500 streams, to the bare relay's", PerChunk(500), Subject.Relay, 1.1),
        Ratio("processor per chunk at 1,000 streams, to the bare relay's", PerChunk(1000), Subject.Relay, 1.1),
        Most("memory after the start", "memory after the start, MiB", 90, "MiB"),
        Most("memory at 500 streams", "memory at 500 streams, MiB", 200, "MiB"),
        Most("memory of an idle socket", IdleSockets.Row, 20, "KiB"),
        Most("start to the first healthy answer", ColdStart.Row, 400, "ms"),
        Most("the list of conversations", Rest.ListLatency, 1, "ms"),
        Least("the list of conversations", Rest.ListRate, 3000, "requests/s"),
        Most("a conversation of 20 messages", Rest.OneLatency, 1, "ms"),
        Least("a conversation of 20 messages", Rest.OneRate, 3000, "requests/s"),
        Most("the end of a conversation of 10,000 messages", Rest.LongLatency, 20, "ms"),
        Most("search in 1,000,000 messages, p95", SearchSpeed.Mix, 50, "ms"),
        Most("browser: script of the first load", BrowserSpeed.Script, 250, "KiB"),
        Most("browser: usable", BrowserSpeed.Usable, 1000, "ms"),
        Most("browser: 10,000 messages shown", BrowserSpeed.Shown, 300, "ms"),
        Most("browser: longest task of a reply at 1,000 tokens/s", BrowserSpeed.LongestTask, 50, "ms"),
    ];

    private static string PerChunk(int streams) => $"{streams} streams of 50 chunks/s, processor µs per chunk";

    private static Target Least(string what, string row, double aim, string unit) => new(what, results => results.Median(row, Subject.Own), aim, true, unit);

    private static Target Most(string what, string row, double aim, string unit) => new(what, results => results.Median(row, Subject.Own), aim, false, unit);

    private static Target Ratio(string what, string row, string other, double aim, bool atLeast = false) =>
        new(what, results => results.Median(row, Subject.Own) / results.Median(row, other), aim, atLeast, "×");
}
