using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Chat;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Promises;

/// <summary>What the process runs at this moment, as far as it can be counted.</summary>
/// <param name="Sockets">Open sockets, each with its session.</param>
/// <param name="Pumps">Replies that are being sent, once for each socket.</param>
/// <param name="Subscriptions">Watches of a conversation or of the list.</param>
/// <param name="Generations">Growing and waiting replies.</param>
/// <param name="Growing">Replies that are counted against somebody's cap.</param>
/// <param name="Timers">Active timers of the process, time limits of cancellation tokens among them.</param>
/// <param name="Work">Items that wait in the thread pool.</param>
/// <param name="Files">Open files, connections among them, without the runtime's own: assemblies and symbols.</param>
/// <param name="Memory">Bytes that are reachable.</param>
internal sealed record Counts(
    int Sockets, int Pumps, int Subscriptions, int Generations, int Growing, long Timers, long Work, int Files, long Memory)
{
    /// <summary>After pooled connections to the database were closed and unreachable objects collected: what is left is held
    /// by somebody.</summary>
    public static Counts Take(IServiceProvider services)
    {
        SqliteConnection.ClearAllPools();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var sockets = services.GetRequiredService<SocketCounts>();
        return new Counts(
            sockets.Sockets,
            sockets.Pumps,
            services.GetRequiredService<ChangeFeed>().Subscriptions,
            services.GetRequiredService<TurnRunner>().All.Count(),
            services.GetRequiredService<ClientCaps>().Growing,
            Timer.ActiveCount,
            ThreadPool.PendingWorkItemCount,
            OpenFiles().Count,
            GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>Whether nothing is left that was not there at <paramref name="start"/>.</summary>
    public bool IsBackTo(Counts start) =>
        this is { Sockets: 0, Pumps: 0, Subscriptions: 0, Generations: 0, Growing: 0 }
        && Timers <= start.Timers && Work <= start.Work && Files <= start.Files;

    /// <summary>What is open, by kind or path; nothing where the system does not tell.</summary>
    public static List<string> OpenFiles() =>
        OperatingSystem.IsLinux()
            ? [.. Directory.GetFileSystemEntries("/proc/self/fd").Select(Target).OfType<string>().Where(target => !IsCode(target)).Order()]
            : [];

    /// <summary>An assembly that was loaded meanwhile, or the symbols that a stack trace asked for.</summary>
    private static bool IsCode(string target) => Path.GetExtension(target) is ".dll" or ".pdb";

    private static string? Target(string descriptor)
    {
        try
        {
            // socket:[1234] and the like differ by number only.
            return new FileInfo(descriptor).LinkTarget?.Split(":[")[0];
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return null;
        }
    }
}
