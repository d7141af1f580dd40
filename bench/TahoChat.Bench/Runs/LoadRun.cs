using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TahoChat.Bench.Load;

namespace TahoChat.Bench.Runs;

/// <summary>What a load did, and what it cost the server.</summary>
/// <param name="Report">The load's own.</param>
/// <param name="Processor">The server's processor time while it was measured.</param>
/// <param name="Memory">The server's memory at its end, in MiB.</param>
/// <param name="Lateness">How late the provider wrote the last in a hundred chunks, in milliseconds.</param>
internal sealed record LoadResult(LoadReport Report, TimeSpan Processor, double Memory, double Lateness)
{
    /// <summary>Microseconds of the server's processor for each chunk or request.</summary>
    public double PerItem => Report.Count == 0 ? 0 : Processor.TotalMicroseconds / Report.Count;
}

/// <summary>Runs the load program against a server.</summary>
internal static class LoadRun
{
    private static readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>How long any load may take.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Above this the load itself is what is late.</summary>
    public const double MostLateness = 20;

    /// <param name="provider">Who answers the server.</param>
    /// <param name="order">What it is to do.</param>
    /// <param name="server">Whose processor time is taken; null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The load program failed.</exception>
    public static async Task<LoadResult> RunAsync(Uri provider, LoadOrder order, Server? server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        using var process = Start(order);
        try
        {
            TimeSpan began = default, ended = default;
            var (memory, lateness) = (0.0, 0.0);
            string? last = null;
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                switch (line)
                {
                    case LoadProgram.Begin:
                        began = server?.ProcessorTime ?? default;
                        await LatenessAsync(provider, limit.Token);
                        if (order.Kind != LoadKind.Idle) break;
                        memory = server?.Memory ?? 0;
                        await process.StandardInput.WriteLineAsync("go on");
                        break;
                    case LoadProgram.End:
                        ended = server?.ProcessorTime ?? default;
                        lateness = await LatenessAsync(provider, limit.Token);
                        if (order.Kind != LoadKind.Idle) memory = server?.Memory ?? 0;
                        break;
                    default:
                        last = line;
                        break;
                }
            }

            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0 || last is null) throw new InvalidOperationException($"The load {order} ended with exit code {process.ExitCode}.");
            return new LoadResult(JsonSerializer.Deserialize<LoadReport>(last)!, ended - began, memory, lateness);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task<double> LatenessAsync(Uri provider, CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri(provider, "/lateness"), cancellationToken);
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static Process Start(LoadOrder order)
    {
        var start = new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "load", order.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // A client on a thread of its own for each read would cost more than the server that it measures.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
