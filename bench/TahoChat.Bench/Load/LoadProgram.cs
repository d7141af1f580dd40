using System.Text.Json;

namespace TahoChat.Bench.Load;

/// <summary>The load client, a process of its own. It says <c>begin</c> and <c>end</c> around the time that is measured, so that
/// whoever started it can look at the server's processor time, and then its report.</summary>
internal static class LoadProgram
{
    public const string Begin = "begin";
    public const string End = "end";

    public static async Task<int> RunAsync(string argument, CancellationToken cancellationToken)
    {
        var order = LoadOrder.Parse(argument);
        var report = order.Kind switch
        {
            LoadKind.Streams => await StreamsLoad.RunAsync(order, cancellationToken),
            LoadKind.FirstChunk => await FirstChunkLoad.RunAsync(order, cancellationToken),
            LoadKind.Idle => await IdleLoad.RunAsync(order, cancellationToken),
            LoadKind.Requests => await RequestLoad.RunAsync(order, cancellationToken),
            LoadKind.Overload => await OverloadLoad.RunAsync(order, cancellationToken),
            _ => throw new FormatException($"There is no load {order.Kind}."),
        };
        Console.WriteLine(JsonSerializer.Serialize(report));
        return 0;
    }

    /// <summary>Connects so many sockets, some at a time.</summary>
    public static async Task<Wire[]> ConnectAsync(LoadOrder order, int count, CancellationToken cancellationToken)
    {
        var wires = new Wire[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (i, token) =>
            wires[i] = await Wire.ConnectAsync(order.Protocol, order.Address, token));
        return wires;
    }

    /// <summary>A report with the percentiles of times in microseconds.</summary>
    public static LoadReport Report(List<int> times, double seconds)
    {
        times.Sort();
        double At(double part) => times.Count == 0 ? 0 : times[Math.Min(times.Count - 1, (int)(times.Count * part))] / 1000.0;
        return new LoadReport { Count = times.Count, Seconds = seconds, P50 = At(0.5), P99 = At(0.99), Longest = At(1) };
    }
}
