using System.Diagnostics;

namespace TahoChat.Bench.Load;

/// <summary>Requests, one after the other on each connection.</summary>
internal static class RequestLoad
{
    public static async Task<LoadReport> RunAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = order.Address };
        await RunAsync(http, order, order.WarmUp, cancellationToken);
        Console.WriteLine(LoadProgram.Begin);
        var began = Stopwatch.GetTimestamp();
        var times = await RunAsync(http, order, order.Measured, cancellationToken);
        Console.WriteLine(LoadProgram.End);
        return LoadProgram.Report(times, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<List<int>> RunAsync(HttpClient http, LoadOrder order, double seconds, CancellationToken cancellationToken)
    {
        var path = new Uri(order.Path, UriKind.Relative);
        var began = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, order.Connections).Select(async _ =>
        {
            var mine = new List<int>();
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
            {
                var asked = Stopwatch.GetTimestamp();
                await http.GetByteArrayAsync(path, cancellationToken);
                mine.Add((int)Stopwatch.GetElapsedTime(asked).TotalMicroseconds);
            }

            return mine;
        }));
        return [.. times.SelectMany(mine => mine)];
    }
}
