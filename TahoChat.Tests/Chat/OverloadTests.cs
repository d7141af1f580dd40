using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Chat;

/// <summary>More senders than the server has room for.</summary>
public sealed class OverloadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task At_three_times_the_capacity_the_admitted_keep_their_pace_and_the_rest_are_told_at_once() => OverloadAsync(20);

    [Fact(Explicit = true)]
    public Task At_three_times_a_capacity_of_200_the_admitted_keep_their_pace_and_the_rest_are_told_at_once() => OverloadAsync(200);

    private static async Task OverloadAsync(int capacity)
    {
        await using var api = await TestApi.StartAsync(
            Cancel, new Dictionary<string, string?> { ["Limits:ServerGrowingReplies"] = $"{capacity}", ["Limits:GrowingReplies"] = "100000" });
        var admitted = await Task.WhenAll(Enumerable.Range(0, capacity).Select(_ => Stream.BeginAsync(api, Cancel)));
        var calm = await Stream.PaceAsync(admitted, TimeSpan.FromSeconds(3), Cancel);

        // Twice the capacity beyond it, again and again while the pace is measured.
        var refusals = RefusedAsync(api, 2 * capacity, TimeSpan.FromSeconds(3), Cancel);
        var loaded = await Stream.PaceAsync(admitted, TimeSpan.FromSeconds(3), Cancel);
        var answers = await refusals;

        Assert.Equal(capacity, api.Services.GetRequiredService<ClientCaps>().Growing);
        Assert.True(answers.Count >= 2 * capacity);
        Assert.All(answers, answer => Assert.Equal(("overloaded", true), (answer.Frame.Text("code"), (bool)answer.Frame["retryable"]!)));
        Assert.All(answers, answer => Assert.InRange(answer.Frame.Number("retry_after_ms"), 1000, 2000));
        var refused = answers.Select(answer => answer.Took).P99();
        SocketCalls.Report(
            $"{capacity} replies, {answers.Count} refusals: p99 of a refusal {refused.TotalMilliseconds:0} ms; p99 between frames {calm.TotalMilliseconds:0} ms calm, {loaded.TotalMilliseconds:0} ms loaded");
        Assert.True(refused < TimeSpan.FromMilliseconds(100) + SocketCalls.Slack, $"{refused} until a refusal, which is to take 100 ms");
        Assert.True(loaded < (2 * calm) + SocketCalls.Slack, $"{loaded} between frames under load, {calm} without");

        // Room again: the next comes in within 5 s.
        var freed = Stopwatch.StartNew();
        await admitted[0].StopAsync(Cancel);
        await using var next = await api.ConnectAsync(Cancel);
        await ApiCalls.UntilAsync(
            async () => (await next.TurnAsync(new { message = "Now? [emulator echo=\"yes\"]" }, Cancel))[^1], end => end.Text("status") == "complete", Cancel);
        SocketCalls.Report($"Room again after {freed.ElapsedMilliseconds} ms");
        Assert.True(freed.Elapsed < TimeSpan.FromSeconds(5) + SocketCalls.Slack);
        foreach (var stream in admitted.Skip(1)) await stream.StopAsync(Cancel);
        Assert.Equal(0, api.Services.GetRequiredService<ClientCaps>().Growing);
        await api.GoneAsync(Cancel, sockets: 1);
    }

    private static async Task<List<(JsonObject Frame, TimeSpan Took)>> RefusedAsync(
        TestApi api, int senders, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, senders).Select(async number =>
        {
            var mine = new List<(JsonObject, TimeSpan)>();
            await using var socket = await api.ConnectAsync(cancellationToken);
            do
            {
                var sent = Stopwatch.StartNew();
                mine.Add(((await socket.TurnAsync(new { message = "Me too", client_message_id = $"{number}-{mine.Count}" }, cancellationToken))[0], sent.Elapsed));
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
            while (started.Elapsed < duration);
            return mine;
        }));
        return [.. answers.SelectMany(answer => answer)];
    }

    /// <summary>A reply that grows at 30 tokens a second, and when its frames come.</summary>
    private sealed class Stream
    {
        private const string Prompt = "[emulator reply=count:60000 speed=30 first=0 reasoning=0]";

        private readonly TestSocket _socket;
        private readonly long _conversation;

        private Stream(TestSocket socket, long conversation) => (_socket, _conversation) = (socket, conversation);

        public static async Task<Stream> BeginAsync(TestApi api, CancellationToken cancellationToken)
        {
            var socket = await api.ConnectAsync(cancellationToken);
            return new Stream(socket, (await socket.GrowAsync(cancellationToken, prompt: Prompt)).Number("conversation_id"));
        }

        /// <summary>The p99 of the time between two frames of one reply.</summary>
        public static async Task<TimeSpan> PaceAsync(IEnumerable<Stream> streams, TimeSpan duration, CancellationToken cancellationToken) =>
            (await Task.WhenAll(streams.Select(stream => stream.GapsAsync(duration, cancellationToken)))).SelectMany(gaps => gaps).P99();

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await _socket.SendAsync(new { type = "stop", conversation_id = _conversation }, cancellationToken);
            var turn = await _socket.ReceiveTurnAsync(cancellationToken);
            Assert.Equal("stopped", turn[^1].Text("message_status"));
            await _socket.DisposeAsync();
        }

        private async Task<List<TimeSpan>> GapsAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            var gaps = new List<TimeSpan>();
            var clock = Stopwatch.StartNew();
            for (var last = TimeSpan.Zero; last < duration;)
            {
                Assert.Equal("streaming", (await _socket.ReceiveAsync(cancellationToken)).Text("status"));
                var now = clock.Elapsed;
                // The first wait is from wherever the last frame was, and some came while nobody looked.
                if (last > TimeSpan.Zero) gaps.Add(now - last);
                last = now;
            }

            return gaps;
        }
    }
}
