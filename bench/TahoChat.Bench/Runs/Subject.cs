using System.Diagnostics;
using TahoChat.Bench.Load;

namespace TahoChat.Bench.Runs;

/// <summary>A server that is measured.</summary>
/// <param name="Name">As the tables have it.</param>
/// <param name="Protocol">What it speaks.</param>
/// <param name="Start">How it is started: given where the provider is and a folder of its own; null where nothing is between load and provider.</param>
internal sealed record Subject(string Name, Protocol Protocol, Func<SubjectPlace, SubjectStart>? Start)
{
    /// <summary>Ours.</summary>
    public const string Own = "TahoChat";

    /// <summary>What ours is compared with.</summary>
    public const string Relay = "bare Kestrel relay";

    /// <summary>The same with the two runtime settings.</summary>
    public const string TunedRelay = "relay, tuned";

    public bool IsOwn => Name == Own;

    /// <summary>Starts it on a core of its own.</summary>
    public async Task<Server> StartAsync(Uri provider, string folder, CancellationToken cancellationToken)
    {
        var address = Server.FreeAddress();
        Directory.CreateDirectory(folder);
        var (file, arguments, environment) = Start!(new SubjectPlace(address, provider, folder));
        var start = Cores.OnServers(file, arguments);
        start.WorkingDirectory = folder;
        return await Server.StartAsync(start, environment, new Uri(address, "/health"), cancellationToken);
    }
}

/// <summary>Where a subject is to be, who its provider is, and what folder it may write to.</summary>
internal sealed record SubjectPlace(Uri Address, Uri Provider, string Folder)
{
    public string Port => Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What every peer reads.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["PORT"] = Port,
        ["GROQ_BASE_URL"] = Provider.OriginalString,
        ["GROQ_API_KEY"] = "gsk_bench",
        ["DATABASE_URL"] = Path.Combine(Folder, "chat.db"),
        ["NODE_ENV"] = "production",
    };
}

/// <summary>A command and its environment.</summary>
internal sealed record SubjectStart(string File, IReadOnlyList<string> Arguments, Dictionary<string, string?> Environment);

/// <summary>Who runs where: what is measured on the first core, all else on the others.</summary>
internal static class Cores
{
    /// <summary>Whether the system can keep programs apart.</summary>
    public static bool AreApart { get; } = OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("TAHOCHAT_BENCH_PINNED") == "1";

    public static ProcessStartInfo OnServers(string file, IEnumerable<string> arguments) =>
        AreApart ? new ProcessStartInfo("taskset", ["-c", "0", file, .. arguments]) : new ProcessStartInfo(file, arguments);
}
