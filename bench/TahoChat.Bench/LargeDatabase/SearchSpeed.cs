using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.LargeDatabase;

/// <summary>How fast a large database is searched, listed and opened, through the API, one question after the other.</summary>
internal static class SearchSpeed
{
    public const string Mix = "a search of the mix, p95, ms";

    private const int QuestionsOfEach = 40;

    public static Dictionary<string, string?> Settings(string database, Uri address) => new()
    {
        ["ASPNETCORE_URLS"] = address.OriginalString,
        ["ENV_FILE"] = Path.ChangeExtension(database, ".env"),
        ["DATABASE_URL"] = database,
        ["EMULATOR_RATE_LIMITS"] = "off",
    };

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var file = run.Options.Database ?? await Generator.MakeAsync(run, cancellationToken);
        await using var api = await StartAsync(run.Options.Api, file, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api.Address };
        var messages = await IndexAsync(http, cancellationToken);
        var table = string.Create(CultureInfo.InvariantCulture, $"{messages:N0} messages and titles, through the API");
        var questions = Questions.From(file, QuestionsOfEach);
        // Once without measuring: the program warms up, and the file comes into the system's memory.
        foreach (var (_, paths) in questions) await MeasureAsync(http, paths, 1, cancellationToken);
        var mix = new List<double>();
        foreach (var (name, paths) in questions)
        {
            var times = await MeasureAsync(http, paths, Math.Max(2, run.Options.Rounds), cancellationToken);
            if (Questions.IsOfTheMix(name)) mix.AddRange(times);
            Add(run, table, name, times);
        }

        Add(run, table, "a search of the mix", mix);
    }

    /// <summary>Starts the published program on a database.</summary>
    public static Task<Server> StartAsync(string api, string database, CancellationToken cancellationToken)
    {
        var address = Server.FreeAddress();
        return Server.StartAsync(new ProcessStartInfo(api), Settings(database, address), new Uri(address, "/health"), cancellationToken);
    }

    /// <summary>Waits until all is indexed, and tells how long that took.</summary>
    private static async Task<long> IndexAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var told = 0; ; await Task.Delay(500, cancellationToken))
        {
            var state = (await http.GetFromJsonAsync<JsonObject>("/search/state", cancellationToken))!;
            var seconds = (int)Stopwatch.GetElapsedTime(began).TotalSeconds;
            if ((long)state["waiting"]! == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)state["indexed"]!:N0} messages and titles indexed, after {seconds} s"));
                return (long)state["indexed"]!;
            }

            if (seconds < told + 10) continue;
            told = seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)state["waiting"]!:N0} wait to be indexed"));
        }
    }

    private static async Task<List<double>> MeasureAsync(HttpClient http, IReadOnlyList<string> paths, int rounds, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var path in paths)
            {
                var began = Stopwatch.GetTimestamp();
                await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return times;
    }

    private static void Add(BenchRun run, string table, string name, List<double> times)
    {
        times.Sort();
        run.Results.Add(table, $"{name}, p50, ms", Subject.Own, times[times.Count / 2]);
        run.Results.Add(table, $"{name}, p95, ms", Subject.Own, times[times.Count * 95 / 100]);
    }
}
