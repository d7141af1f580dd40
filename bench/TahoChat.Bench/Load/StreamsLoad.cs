using System.Diagnostics;
using System.Net.Sockets;
using TahoChat.Bench.Provider;

namespace TahoChat.Bench.Load;

/// <summary>Replies that all grow at once, each on a socket of its own, and those who watch them.</summary>
internal static class StreamsLoad
{
    /// <summary>Sends a second while they begin: at once they would be what is measured.</summary>
    private const int Starts = 100;

    /// <summary>How late a reply may end.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static async Task<LoadReport> RunAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        var wires = await LoadProgram.ConnectAsync(order, order.Connections, cancellationToken);
        var watching = await LoadProgram.ConnectAsync(order, order.Connections * order.Watchers, cancellationToken);
        var starting = (double)order.Connections / Starts;
        var prompt = new BenchPrompt(order.Rate, order.Rate == 0 ? order.Chunks : (int)(order.Rate * (starting + order.WarmUp + order.Measured + 1)));
        var replies = new List<Reply>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < wires.Length; i++)
        {
            while (Stopwatch.GetElapsedTime(began).TotalSeconds * Starts < i) await Task.Delay(1, cancellationToken);
            var reply = new Reply(wires[i], prompt.Chunks) { Stamps = { IsMeasuring = order.Rate == 0 } };
            replies.Add(reply);
            reply.Ended = order.Rate == 0 ? Task.Run(() => reply.RunAsync(prompt.ToString(), limit.Token), cancellationToken) : reply.RunAsync(prompt.ToString(), limit.Token);
        }

        replies.AddRange(await WatchAsync(order, wires, watching, prompt, limit.Token));
        var seconds = await MeasureAsync(order, replies, limit);
        var times = replies.SelectMany(reply => reply.Stamps.Delays).ToList();
        // From the send: the first chunk comes late where a server is busy reading what follows.
        if (order.Rate == 0) seconds = replies.Max(reply => (reply.Stamps.LastAt - reply.SentAt) / 1e6);
        var report = LoadProgram.Report(times, seconds) with
        {
            Lost = replies.Sum(reply => reply.Stamps.Lost),
            Misplaced = replies.Sum(reply => reply.Stamps.Misplaced),
            Errors = replies.Count(reply => reply.Error is not null),
            Error = replies.FirstOrDefault(reply => reply.Error is not null)?.Error,
        };
        foreach (var wire in wires.Concat(watching)) wire.Dispose();
        return report;
    }

    private static async Task<double> MeasureAsync(LoadOrder order, List<Reply> replies, CancellationTokenSource limit)
    {
        await Task.Delay(TimeSpan.FromSeconds(order.WarmUp), limit.Token);
        foreach (var reply in replies) reply.Stamps.IsMeasuring = true;
        Console.WriteLine(LoadProgram.Begin);
        var began = Stopwatch.GetTimestamp();
        var all = Task.WhenAll(replies.Select(reply => reply.Ended));
        if (order.Rate == 0) await all;
        else await Task.Delay(TimeSpan.FromSeconds(order.Measured), limit.Token);
        foreach (var reply in replies) reply.Stamps.IsMeasuring = false;
        Console.WriteLine(LoadProgram.End);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        limit.CancelAfter(_patience);
        await all;
        return seconds;
    }

    private static async Task<List<Reply>> WatchAsync(LoadOrder order, Wire[] wires, Wire[] watching, BenchPrompt prompt, CancellationToken cancellationToken)
    {
        var replies = new List<Reply>();
        for (var i = 0; i < watching.Length; i++)
        {
            var wire = (WebSocketWire)wires[i / order.Watchers];
            while (wire.ConversationId == 0) await Task.Delay(1, cancellationToken);
            var watcher = (WebSocketWire)watching[i];
            await watcher.WatchAsync(wire.ConversationId, cancellationToken);
            var reply = new Reply(watcher, prompt.Chunks);
            reply.Ended = reply.ReadAsync(cancellationToken);
            replies.Add(reply);
        }

        return replies;
    }

    /// <summary>One reply as one socket sees it.</summary>
    private sealed class Reply(Wire wire, int chunks)
    {
        public Stamps Stamps { get; } = new();

        public string? Error { get; private set; }

        public Task Ended { get; set; } = Task.CompletedTask;

        /// <summary>In microseconds of the monotonic clock.</summary>
        public long SentAt { get; private set; }

        public async Task RunAsync(string prompt, CancellationToken cancellationToken)
        {
            SentAt = ChunkWriter.Now;
            await wire.SendAsync(prompt, cancellationToken);
            await ReadAsync(cancellationToken);
        }

        public async Task ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                await wire.ReadReplyAsync(Stamps, cancellationToken);
                Error = wire.Error;
            }
            catch (OperationCanceledException)
            {
                Error = "the reply did not end in time";
            }
            catch (SocketException exception)
            {
                Error = exception.Message;
            }

            Stamps.End(chunks);
        }
    }
}
