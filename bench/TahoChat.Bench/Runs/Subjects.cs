using TahoChat.Bench.Load;

namespace TahoChat.Bench.Runs;

/// <summary>Ours and its peers, as far as they are there.</summary>
internal static class Subjects
{
    /// <summary>All of them, in the order in which the tables have them.</summary>
    /// <param name="options">Where things are.</param>
    /// <param name="collector">Where ours sends its telemetry.</param>
    public static IEnumerable<Subject> Of(RunOptions options, string collector)
    {
        yield return new Subject(Subject.Own, Protocol.WebSocket, place => Own(options, place, collector));
        yield return new Subject(Subject.Relay, Protocol.WebSocket, place => new("dotnet", [options.Relay], Relay(place)));
        yield return new Subject(Subject.TunedRelay, Protocol.WebSocket, place => new("dotnet", [options.Relay], new(Relay(place))
        {
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
            ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        }));
        yield return new Subject("nothing between", Protocol.EventStream, null);
        if (Programs.Find("nginx") is { } nginx) yield return new Subject("nginx", Protocol.EventStream, place => Nginx(options, place, nginx));
        if (Programs.Find("node") is { } node)
        {
            if (Node(options, "node-ws") is { } relay) yield return new Subject("Node ws, groq-sdk", Protocol.WebSocket, place => new(node, [relay], place.Environment));
            if (Node(options, "ai-sdk") is { } sdk) yield return new Subject("Vercel AI SDK, SQLite", Protocol.WebSocket, place => new(node, [sdk], place.Environment));
        }

        if (options.FastApi is { } folder) yield return new Subject("FastAPI application", Protocol.WebSocket, place => FastApi(folder, place));
    }

    /// <summary>The published program with everything on, and caps that one load client does not meet.</summary>
    public static SubjectStart Own(RunOptions options, SubjectPlace place, string collector, int serverGrowingReplies = 100_000) => new(
        options.Api,
        [],
        new(place.Environment)
        {
            ["ENV_FILE"] = Path.Combine(place.Folder, ".env"),
            ["ASPNETCORE_URLS"] = place.Address.OriginalString,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector,
            ["Limits__SendsPerMinute"] = "1000000",
            ["Limits__GrowingReplies"] = "1000000",
            ["Limits__ServerGrowingReplies"] = serverGrowingReplies.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

    private static Dictionary<string, string?> Relay(SubjectPlace place) => new(place.Environment) { ["ASPNETCORE_URLS"] = place.Address.OriginalString };

    private static string? Node(RunOptions options, string name)
    {
        var folder = Path.Combine(options.Peers, name);
        return Directory.Exists(Path.Combine(folder, "node_modules")) ? Path.Combine(folder, "server.mjs") : null;
    }

    private static SubjectStart Nginx(RunOptions options, SubjectPlace place, string nginx)
    {
        var settings = File.ReadAllText(Path.Combine(options.Peers, "nginx", "nginx.conf.template"))
            .Replace("${PORT}", place.Port, StringComparison.Ordinal)
            .Replace("${PROVIDER}", place.Provider.Authority, StringComparison.Ordinal)
            .Replace("${FOLDER}", place.Folder, StringComparison.Ordinal);
        var file = Path.Combine(place.Folder, "nginx.conf");
        File.WriteAllText(file, settings);
        return new(nginx, ["-e", "stderr", "-p", place.Folder, "-c", file], []);
    }

    // Its own README starts it so, in its folder "backend".
    private static SubjectStart FastApi(string folder, SubjectPlace place) => new(
        "python3",
        ["-m", "uvicorn", "app.main:app", "--app-dir", Path.Combine(folder, "backend"), "--host", "127.0.0.1", "--port", place.Port, "--log-level", "warning"],
        new(place.Environment) { ["DATABASE_URL"] = $"sqlite+aiosqlite:///{Path.Combine(place.Folder, "chat.db")}" });
}

/// <summary>Programs of the machine.</summary>
internal static class Programs
{
    /// <summary>Where a program is; null where it is not.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
