using System.Diagnostics;

namespace TahoChat.Bench;

/// <summary>What telemetry costs: processor time per chunk of the API with an exporter that works and without one, in pairs.</summary>
internal static class TelemetryCost
{
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var collector = await CollectorSink.StartAsync(cancellationToken);
        List<(double Without, double With)> pairs = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            // Every other pair begins with the other one.
            var first = await MeasureAsync(options, round % 2 == 1 ? collector : null, cancellationToken);
            var second = await MeasureAsync(options, round % 2 == 1 ? null : collector, cancellationToken);
            var pair = round % 2 == 1 ? (second, first) : (first, second);
            pairs.Add(pair);
            Console.WriteLine($"pair {round + 1}: {pair.Item1:F2} µs per chunk without, {pair.Item2:F2} µs with an exporter: {pair.Item2 / pair.Item1 - 1:P1} more");
        }

        var ratios = pairs.ConvertAll(pair => pair.With / pair.Without);
        Console.WriteLine($"median: {Median(pairs.ConvertAll(pair => pair.Without)):F2} µs without, {Median(pairs.ConvertAll(pair => pair.With)):F2} µs with; "
            + $"ratio {Median(ratios):F3} ({ratios.Min():F3} to {ratios.Max():F3}); {collector.Requests} exports, {collector.Bytes / 1024} KiB");
        return 0;
    }

    /// <summary>Microseconds of processor time of the API per chunk that arrived at its client.</summary>
    private static async Task<double> MeasureAsync(BenchOptions options, CollectorSink? collector, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-bench-");
        try
        {
            await using var provider = await Server.StartAsync("TahoChat.GroqEmulator.dll", "/alive", [], cancellationToken);
            await using var api = await Server.StartAsync("TahoChat.Api.dll", "/health", Settings(folder.FullName, provider, collector), cancellationToken);
            await using var streams = await Streams.StartAsync(api.Address, options.Streams, options.Rate, cancellationToken);
            await Task.Delay(_warmUp, cancellationToken);
            var (time, chunks, began) = (api.ProcessorTime, streams.Chunks, Stopwatch.GetTimestamp());
            await Task.Delay(options.Measured, cancellationToken);
            var (used, got) = (api.ProcessorTime - time, streams.Chunks - chunks);
            var perSecond = got / Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (streams.Growing < options.Streams) throw new InvalidOperationException($"Only {streams.Growing} replies still grow.");
            Console.WriteLine($"  {(collector is null ? "without" : "with   ")}: {perSecond:F0} chunks/s, {used / options.Measured:P0} of a core, {used.TotalMicroseconds / got:F2} µs per chunk");
            return used.TotalMicroseconds / got;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string?> Settings(string folder, Server provider, CollectorSink? collector) => new()
    {
        ["ENV_FILE"] = Path.Combine(folder, ".env"),
        ["DATABASE_URL"] = Path.Combine(folder, "chat.db"),
        ["GROQ_BASE_URL"] = provider.Address.OriginalString,
        ["GROQ_API_KEY"] = "gsk_bench",
        ["Limits__SendsPerMinute"] = "100000",
        ["Limits__GrowingReplies"] = "100000",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector?.Address,
    };

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
