using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.GroqEmulator;
using TahoChat.Tests.Processes;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Chat;

/// <summary>Many clients that never read, beside some that do; the server is a process of its own, so that its memory can be
/// seen.</summary>
public sealed class NeverReadingTests
{
    private const int Watchers = 50;
    private const int Conversations = 5;
    private const int Others = 10;

    /// <summary>600 KB in 6 s: more than all buffers between the server and a reader take.</summary>
    private const string Prompt = "[emulator tokens=600 speed=100 first=0 reasoning=0]";

    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(6);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_clients_that_never_read_harm_nobody_and_are_gone_after_15_s()
    {
        await using var provider = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new GroqEmulatorOptions { ShortestToken = 1000, LongestToken = 1000 });
        });
        await provider.StartAsync(Cancel);
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(
            folder, Cancel, ("PORT", "0"), ("GROQ_BASE_URL", provider.Urls.First()), ("GROQ_API_KEY", Canary.Key),
            ("Limits__SendsPerMinute", "100000"), ("Limits__GrowingReplies", "1000"));
        using var process = Process.GetProcessById(api.Id);
        var others = new List<TestSocket>();
        for (var i = 0; i < Others; i++) others.Add(await api.ConnectAsync(Cancel));
        await HangUpAsync((await WatchAsync(api, others, reads: true)).Watchers);

        // The same with watchers that read and with watchers that do not.
        var (besideReaders, readers) = await WatchAsync(api, others, reads: true);
        await HangUpAsync(readers);
        process.Refresh();
        var memory = process.WorkingSet64;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var peak = PeakAsync(process, over.Token);
        var asked = Stopwatch.StartNew();
        var (besideDeaf, deaf) = await WatchAsync(api, others, reads: false);
        await Task.WhenAll(deaf.Select(socket => socket.CutOffAsync(TimeSpan.FromSeconds(40), Cancel)));
        var gone = asked.Elapsed;
        await over.CancelAsync();
        var more = await peak - memory;

        SocketCalls.Report(
            $"p99 of a ping beside {Watchers} that never read {besideDeaf.TotalMilliseconds:0.0} ms, beside {Watchers} that read {besideReaders.TotalMilliseconds:0.0} ms; "
            + $"{more / (1024 * 1024)} MB over a base of {memory / (1024 * 1024)} MB; gone {gone.TotalSeconds:0.0} s after they asked");
        Assert.True(besideDeaf < (2 * besideReaders) + SocketCalls.Slack, $"{besideDeaf} beside them, {besideReaders} beside readers");
        Assert.True(more < 150 * 1024 * 1024, $"{more} bytes more");
        // They are held up after some seconds, told so after 10 more, and cut off 5 s later.
        Assert.InRange(gone, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(30));
        await HangUpAsync(deaf);
        foreach (var socket in others) await socket.DisposeAsync();
    }

    /// <summary>The p99 of the others' pings while so many watch replies that grow.</summary>
    private static async Task<(TimeSpan P99, List<RawSocket> Watchers)> WatchAsync(ApiProcess api, IReadOnlyList<TestSocket> others, bool reads)
    {
        var senders = new List<TestSocket>();
        var watchers = new List<RawSocket>();
        for (var i = 0; i < Conversations; i++)
        {
            senders.Add(await api.ConnectAsync(Cancel));
            var conversation = (await senders[i].GrowAsync(Cancel, prompt: Prompt)).Number("conversation_id");
            for (var j = 0; j < Watchers / Conversations; j++)
            {
                var watcher = await RawSocket.ConnectAsync(api.Address, Cancel, receiveBuffer: 4096);
                await watcher.WriteAsync(RawSocket.TextFrame, $$"""{"type":"watch","conversation_id":{{conversation}}}""", Cancel);
                watchers.Add(watcher);
            }
        }

        var ended = Task.WhenAll(senders.Select(sender => sender.ReceiveTurnAsync(Cancel)));
        var read = reads ? Task.WhenAll(watchers.Select(ReadTurnAsync)) : Task.CompletedTask;
        var p99 = await PingAsync(others);
        Assert.All(await ended, turn => Assert.Equal("complete", turn[^1].Text("status")));
        await read;
        foreach (var sender in senders) await sender.DisposeAsync();
        return (p99, watchers);
    }

    private static async Task ReadTurnAsync(RawSocket watcher)
    {
        while ((await watcher.ReceiveMessageAsync(Cancel))!.Text is var text && !text.StartsWith("{\"status\":\"complete\"", StringComparison.Ordinal))
        {
            // On to the end of the reply.
        }
    }

    /// <summary>The p99 of a ping's way there and back.</summary>
    private static async Task<TimeSpan> PingAsync(IEnumerable<TestSocket> sockets)
    {
        var started = Stopwatch.StartNew();
        var times = await Task.WhenAll(sockets.Select(async socket =>
        {
            var mine = new List<TimeSpan>();
            while (started.Elapsed < _measured)
            {
                var sent = started.Elapsed;
                await socket.SendAsync(new { type = "ping" }, Cancel);
                await socket.ReceiveFirstAsync(frame => frame.Text("type") == "pong", Cancel);
                mine.Add(started.Elapsed - sent);
                await Task.Delay(10, Cancel);
            }

            return mine;
        }));
        return times.SelectMany(mine => mine).P99();
    }

    /// <summary>The most resident bytes.</summary>
    private static async Task<long> PeakAsync(Process process, CancellationToken cancellationToken)
    {
        var peak = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
            await Task.WhenAny(Task.Delay(100, cancellationToken));
        }

        return peak;
    }

    private static async Task HangUpAsync(IEnumerable<RawSocket> sockets)
    {
        foreach (var socket in sockets) await socket.DisposeAsync();
    }
}
