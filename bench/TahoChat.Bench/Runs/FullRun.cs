using System.Diagnostics;
using TahoChat.Bench.LargeDatabase;
using TahoChat.Bench.Scenarios;

namespace TahoChat.Bench.Runs;

/// <summary>All that <c>bench.sh</c> measures, and where it is told.</summary>
internal static class FullRun
{
    private const string Begin = "<!-- figures -->";
    private const string End = "<!-- /figures -->";

    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var results = new Results();
        await using var collector = await CollectorSink.StartAsync(cancellationToken);
        await using var provider = await StartProviderAsync(cancellationToken);
        using var run = new BenchRun(options, provider.Address, collector.Address, results);
        var subjects = Subjects.Of(options, collector.Address).Where(options.Takes).ToList();
        foreach (var name in SubjectsMissing(options)) Console.WriteLine($"{name} is not measured: it is not there.");
        for (var round = 0; round < options.Rounds; round++)
        {
            // Every other round goes the other way round: what a machine does over time is nobody's merit.
            foreach (var subject in round % 2 == 0 ? subjects : [.. Enumerable.Reverse(subjects)])
            {
                if (!options.Has("replies")) break;
                Console.WriteLine($"Round {round + 1} of {options.Rounds}: {subject.Name}");
                await Guard(results, subject, () => Replies.RunAsync(run, subject, cancellationToken));
            }
        }

        foreach (var subject in options.Has("start") || options.Has("idle") || options.Has("limit") ? subjects : [])
        {
            Console.WriteLine($"Start, idle sockets, limit: {subject.Name}");
            if (options.Has("idle") && options.IsLong) await Guard(results, subject, () => IdleSockets.RunAsync(run, subject, cancellationToken));
            if (options.Has("start")) await Guard(results, subject, () => ColdStart.RunAsync(run, subject, cancellationToken));
            if (options.Has("limit") && options.IsLong) await Guard(results, subject, () => StreamLimit.RunAsync(run, subject, cancellationToken));
        }

        if (subjects.Find(subject => subject.IsOwn) is { } own) await OwnAsync(run, own, cancellationToken);
        var text = Tables.Write(results, Machine.Of(options));
        Console.WriteLine();
        Console.WriteLine(text);
        Console.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalMinutes:F1} minutes");
        if (options.Write is { } file) await WriteAsync(file, text, cancellationToken);
        return 0;
    }

    /// <summary>What no peer has.</summary>
    private static async Task OwnAsync(BenchRun run, Subject own, CancellationToken cancellationToken)
    {
        var (options, results) = (run.Options, run.Results);
        if (options.Has("rest")) await Guard(results, own, () => Rest.RunAsync(run, own, cancellationToken));
        if (options.Has("promises") && options.IsLong) await Guard(results, own, () => Promises.RunAsync(run, cancellationToken));
        if (options.Has("search") && options.IsLong) await Guard(results, own, () => SearchSpeed.RunAsync(run, cancellationToken));
        if (options.Has("browser") && options.IsLong) await Guard(results, own, () => BrowserSpeed.RunAsync(run, cancellationToken));
    }

    /// <summary>What a subject cannot do is its result, and not the end of the run.</summary>
    private static async Task Guard(Results results, Subject subject, Func<Task> measure)
    {
        try
        {
            await measure();
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            results.Troubles.Add($"{subject.Name}: {exception.Message}");
            Console.WriteLine($"  ! {exception.Message}");
        }
    }

    private static IEnumerable<string> SubjectsMissing(RunOptions options)
    {
        if (Programs.Find("nginx") is null) yield return "nginx";
        if (!Directory.Exists(Path.Combine(options.Peers, "node-ws", "node_modules"))) yield return "Node";
        if (options.FastApi is null) yield return "The FastAPI application (--fastapi FOLDER)";
    }

    private static async Task<Server> StartProviderAsync(CancellationToken cancellationToken)
    {
        var address = Server.FreeAddress();
        var start = new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "provider", $"{address.Port}"]);
        return await Server.StartAsync(start, new() { ["DOTNET_TieredPGO"] = "0" }, new Uri(address, "/health"), cancellationToken);
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        var document = await File.ReadAllTextAsync(file, cancellationToken);
        var (from, to) = (document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidOperationException($"{file} has no place for the figures: {Begin} and {End}.");
        await File.WriteAllTextAsync(file, document[..(from + Begin.Length)] + "\n\n" + text.Trim() + "\n\n" + document[to..], cancellationToken);
    }
}
