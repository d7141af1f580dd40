using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.GroqEmulator;
using TahoChat.Tests.Processes;

namespace TahoChat.Tests.Chat;

/// <summary>Many clients that never read, beside some that do; the server is a process of its own, so that its memory can be
/// seen.</summary>
public sealed class NeverReadingTests
{
    private const int Deaf = 50;
    private const int Normal = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_clients_that_never_read_harm_nobody_and_are_gone_after_15_s()
    {
        await using var provider = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new GroqEmulatorOptions
            {
                TokensPerSecond = 0,
                FirstToken = TimeSpan.Zero,
                ShortestToken = 100,
                LongestToken = 100,
            });
        });
        await provider.StartAsync(Cancel);
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(
            folder, Cancel, ("PORT", "0"), ("GROQ_BASE_URL", provider.Urls.First()), ("GROQ_API_KEY", "gsk_test"),
            ("GROQ_MAX_COMPLETION_TOKENS", "65536"), ("Limits__SendsPerMinute", "100000"), ("Limits__GrowingReplies", "1000"));
        var readers = new List<TestSocket>();
        for (var i = 0; i < Normal; i++) readers.Add(await api.ConnectAsync(Cancel));
        await PaceAsync(readers, TimeSpan.FromSeconds(2));
        var calm = await PaceAsync(readers, TimeSpan.FromSeconds(5));
        var memory = Memory(api);

        // Each asks for a reply of 1 MB of its own, and takes none of it.
        var deaf = new List<RawSocket>();
        for (var i = 0; i < Deaf; i++)
        {
            deaf.Add(await RawSocket.ConnectAsync(api.Address, Cancel, receiveBuffer: 4096));
            await deaf[i].WriteAsync(RawSocket.TextFrame, """{"message":"[emulator tokens=10000 reasoning=0]"}""", Cancel);
        }

        var asked = Stopwatch.StartNew();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var peak = PeakAsync(api, over.Token);
        var beside = await PaceAsync(readers, TimeSpan.FromSeconds(5));
        foreach (var socket in deaf) await socket.EndAsync(TimeSpan.FromSeconds(30), Cancel);
        var gone = asked.Elapsed;
        await over.CancelAsync();
        var more = await peak - memory;

        SocketCalls.Report(
            $"Beside {Deaf} that never read: p99 of a ping {beside.TotalMilliseconds:0.0} ms, without them {calm.TotalMilliseconds:0.0} ms; "
            + $"{more / (1024 * 1024)} MB over a base of {memory / (1024 * 1024)} MB; gone after {gone.TotalSeconds:0.0} s");
        Assert.True(beside < (2 * calm) + TimeSpan.FromMilliseconds(200), $"{beside} beside them, {calm} without");
        Assert.InRange(more, long.MinValue, 150 * 1024 * 1024);
        foreach (var socket in deaf) await socket.DisposeAsync();
        foreach (var socket in readers) await socket.DisposeAsync();
    }

    /// <summary>The p99 of a ping's way there and back.</summary>
    private static async Task<TimeSpan> PaceAsync(IEnumerable<TestSocket> sockets, TimeSpan duration)
    {
        var started = Stopwatch.StartNew();
        var times = await Task.WhenAll(sockets.Select(async socket =>
        {
            var mine = new List<TimeSpan>();
            while (started.Elapsed < duration)
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

    private static async Task<long> PeakAsync(ApiProcess api, CancellationToken cancellationToken)
    {
        var peak = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            peak = Math.Max(peak, Memory(api));
            await Task.WhenAny(Task.Delay(100, cancellationToken));
        }

        return peak;
    }

    /// <summary>Resident bytes.</summary>
    private static long Memory(ApiProcess api)
    {
        using var process = Process.GetProcessById(api.Id);
        return process.WorkingSet64;
    }
}
