using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TahoChat.Bench.LargeDatabase;

/// <summary>How fast a large database is searched, listed and opened, through the API, one question after the other.</summary>
internal static class SearchSpeed
{
    private const int QuestionsOfEach = 40;

    public static Dictionary<string, string?> Settings(string database) => new()
    {
        ["ENV_FILE"] = Path.ChangeExtension(database, ".env"),
        ["DATABASE_URL"] = database,
        ["EMULATOR_RATE_LIMITS"] = "off",
    };

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        if (options.File is not { } file || !File.Exists(file)) return BenchOptions.Usage();
        var path = Path.GetFullPath(file);
        await using var api = await Server.StartAsync("TahoChat.Api.dll", "/health", Settings(path), cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api.Address };
        await IndexAsync(http, cancellationToken);
        var questions = Questions.From(path, QuestionsOfEach);
        Console.WriteLine($"{options.Rounds} rounds of {QuestionsOfEach} of each");
        Console.WriteLine("| what | p50 | p95 | longest | hits |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        // Once without measuring: the program warms up, and the file comes into the system's memory.
        foreach (var (_, paths) in questions) await MeasureAsync(http, paths, 1, cancellationToken);
        var searches = new List<double>();
        foreach (var (name, paths) in questions)
        {
            var (times, hits) = await MeasureAsync(http, paths, options.Rounds, cancellationToken);
            if (Questions.IsOfTheMix(name)) searches.AddRange(times);
            Tell(name, times, hits);
        }

        Tell("the mix: all searches without a filter", searches, null);
        return 0;
    }

    /// <summary>Waits until all is indexed, and tells how long that took.</summary>
    private static async Task IndexAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var told = 0; ; await Task.Delay(500, cancellationToken))
        {
            var state = (await http.GetFromJsonAsync<JsonObject>("/search/state", cancellationToken))!;
            var seconds = (int)Stopwatch.GetElapsedTime(began).TotalSeconds;
            if ((long)state["waiting"]! == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)state["indexed"]!:N0} messages and titles indexed, after {seconds} s"));
                return;
            }

            if (seconds < told + 10) continue;
            told = seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)state["waiting"]!:N0} wait to be indexed"));
        }
    }

    private static async Task<(List<double> Times, int Hits)> MeasureAsync(
        HttpClient http, IReadOnlyList<string> paths, int rounds, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var hits = 0;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var path in paths)
            {
                var began = Stopwatch.GetTimestamp();
                var text = await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (JsonNode.Parse(text) is JsonObject answer) hits += answer["hits"]?.AsArray().Count ?? 0;
            }
        }

        return (times, hits / rounds);
    }

    private static void Tell(string name, List<double> times, int? hits)
    {
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Percentile(times, 50):F1} ms | {Percentile(times, 95):F1} ms | {times[^1]:F1} ms | {hits} |"));
    }

    private static double Percentile(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
}
