using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Chat;

/// <summary>Peers that say a byte now and then, and peers that are dead.</summary>
public sealed class SlowPeerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_hundred_slow_connections_slow_nobody_down() => SlowAsync(100);

    [Fact(Explicit = true)]
    public Task A_thousand_slow_connections_slow_nobody_down() => SlowAsync(1000);

    [Fact]
    public async Task A_peer_that_answers_no_ping_is_gone_and_one_that_does_stays()
    {
        await using var api = await TestApi.StartAsync(Cancel, services: services => services.Configure<WebSocketOptions>(options =>
            (options.KeepAliveInterval, options.KeepAliveTimeout) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3))));
        await using var living = await RawSocket.ConnectAsync(api.Address, Cancel);
        await DeadAsync(api, living, TimeSpan.FromSeconds(20));
    }

    [Fact(Explicit = true)]
    public async Task A_dead_peer_is_gone_in_45_s()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var living = await RawSocket.ConnectAsync(api.Address, Cancel);
        await DeadAsync(api, living, TimeSpan.FromSeconds(45));
    }

    [Fact(Explicit = true)]
    public async Task Half_a_handshake_is_cut_off_in_45_s()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var watch = Stopwatch.StartNew();
        await using var silent = await RawSocket.OpenAsync(api.Address, Cancel);
        await silent.WriteAsync("GET /ws/chat HTTP/1.1\r\nHost:"u8.ToArray(), Cancel);

        await silent.EndAsync(TimeSpan.FromSeconds(45), Cancel);

        SocketCalls.Report($"Half a handshake was cut off after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Three dead peers: one idle, one that watches and has a reply sent to it, one inside a frame.</summary>
    private static async Task DeadAsync(TestApi api, RawSocket living, TimeSpan deadline)
    {
        using var stopLiving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var answering = AnswerPingsAsync(living, stopLiving.Token);
        var feed = api.Services.GetRequiredService<ChangeFeed>();
        await using var watching = await RawSocket.ConnectAsync(api.Address, Cancel);
        await watching.WriteAsync(RawSocket.TextFrame, """{"type":"watch"}""", Cancel);
        await watching.WriteAsync(RawSocket.TextFrame, """{"message":"[emulator reply=count:60000 speed=20 first=0 reasoning=0]"}""", Cancel);
        await ApiCalls.UntilAsync(
            () => Task.FromResult((api.Counts().Sockets, api.Counts().Pumps, feed.Subscriptions)), counts => counts is (2, 1, 1), Cancel);
        await using var idle = await RawSocket.ConnectAsync(api.Address, Cancel);
        await using var halfway = await RawSocket.ConnectAsync(api.Address, Cancel);
        await halfway.WriteAsync(RawSocket.Frame(RawSocket.TextFrame, "nothing more comes"u8.ToArray())[..9], Cancel);
        var watch = Stopwatch.StartNew();

        await ApiCalls.UntilAsync(
            () => Task.FromResult((api.Counts().Sockets, api.Counts().Pumps, feed.Subscriptions)), counts => counts is (1, 0, 0), Cancel, deadline);

        SocketCalls.Report($"Three dead peers were gone after {watch.Elapsed.TotalSeconds:0.0} s");
        // The reply goes on without them.
        Assert.Equal(1, api.Services.GetRequiredService<ClientCaps>().Growing);
        await living.WriteAsync(RawSocket.TextFrame, """{"type":"stop","conversation_id":1}""", Cancel);
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Services.GetRequiredService<ClientCaps>().Growing), growing => growing == 0, Cancel);
        await stopLiving.CancelAsync();
        Assert.True(await answering > 0, "The living one was asked nothing.");
    }

    private static async Task<int> AnswerPingsAsync(RawSocket socket, CancellationToken cancellationToken)
    {
        var answered = 0;
        try
        {
            while (await socket.ReceiveAsync(cancellationToken, waits: true) is { } frame)
            {
                if (frame.Opcode != RawSocket.Ping) continue;
                await socket.WriteAsync(RawSocket.Frame(RawSocket.Pong, frame.Payload), cancellationToken);
                answered++;
            }

            Assert.Fail("The living one was cut off.");
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return answered;
    }

    private static async Task SlowAsync(int count)
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var calm = await ChatAsync(api);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var slow = new List<RawSocket>();
        var handshake = Encoding.ASCII.GetBytes(RawSocket.Handshake(api.Address));
        var frame = RawSocket.Frame(RawSocket.TextFrame, Encoding.UTF8.GetBytes("""{"type":"ping"}""".PadRight(4000)));
        var dribbling = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var inHandshake = i % 2 == 0;
            var socket = inHandshake ? await RawSocket.OpenAsync(api.Address, Cancel) : await RawSocket.ConnectAsync(api.Address, Cancel);
            slow.Add(socket);
            dribbling.Add(DribbleAsync(socket, inHandshake ? handshake : frame, enough.Token));
        }

        var slowed = await ChatAsync(api);
        Assert.InRange(api.Counts().Sockets, count / 2, (count / 2) + 10);
        SocketCalls.Report($"p99 of a turn beside {count} slow connections {slowed.TotalMilliseconds:0} ms, without them {calm.TotalMilliseconds:0} ms");
        Assert.True(slowed < (2 * calm) + SocketCalls.Slack, $"{slowed} beside slow connections, {calm} without");
        await enough.CancelAsync();
        await Task.WhenAll(dribbling);
        foreach (var socket in slow) await socket.DisposeAsync();
        await api.GoneAsync(Cancel);
    }

    /// <summary>A byte every 500 ms: a handshake takes longer than Kestrel waits for one.</summary>
    private static async Task DribbleAsync(RawSocket socket, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                await socket.WriteAsync(bytes[i..(i + 1)], cancellationToken);
                await Task.Delay(500, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Enough, or cut off for being slow.
        }
    }

    /// <summary>The p99 of a turn, of ten users one after the other.</summary>
    private static async Task<TimeSpan> ChatAsync(TestApi api)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var socket = await api.ConnectAsync(Cancel);
            var mine = new List<TimeSpan>();
            for (var i = 0; i < 20; i++)
            {
                var watch = Stopwatch.StartNew();
                var turn = await socket.TurnAsync(new { message = "Hello [emulator reply=count:20 speed=0 reasoning=0]" }, Cancel);
                Assert.Equal("complete", turn[^1].Text("status"));
                mine.Add(watch.Elapsed);
            }

            return mine;
        }));
        return times.SelectMany(mine => mine).Skip(10).P99();
    }
}
