using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Properties;

/// <summary>Sends are a map whose key is the <c>client_message_id</c>: the first body under a key makes a turn, the same
/// body finds that turn, another one is refused. On the real hub over a real file.</summary>
public sealed class SendTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    // A few keys, so that they meet; none is no key at all.
    private static readonly Gen<Send> _send = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Bool, (key, body, model) => new Send(key == 0 ? null : key, body, model));

    private static int _samples;

    private GenerationHub Hub => fixture.Api.Services.GetRequiredService<GenerationHub>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task One_after_another_sends_do_what_a_map_does() => _send.Array[1, 12].SampleAsync(
        async sends =>
        {
            var sample = Interlocked.Increment(ref _samples);
            var model = new Dictionary<int, (Send Send, TurnIds Ids)>();
            var turns = new HashSet<TurnIds>();
            foreach (var send in sends)
            {
                var outcome = await SendAsync(send, sample);
                if (send.Key is { } key && model.TryGetValue(key, out var known)) AssertKnown(known, send, outcome);
                else
                {
                    var turn = outcome.Turn!;
                    Assert.False(turn.Known);
                    Assert.True(turns.Add(turn.Ids), "A turn was given twice.");
                    if (send.Key is { } fresh) model[fresh] = (send, turn.Ids);
                }
            }

            await AssertAskedAsync(sample, turns.Count);
        },
        iter: 40, threads: 2);

    [Fact]
    public Task At_the_same_time_one_body_wins_each_key_and_the_others_see_that() => _send.Array[2, 16].SampleAsync(
        async sends =>
        {
            var sample = Interlocked.Increment(ref _samples);
            var outcomes = await Task.WhenAll(sends.Select(async send => (Send: send, Outcome: await Task.Run(() => SendAsync(send, sample), Cancel))));

            Assert.All(outcomes.Where(pair => pair.Send.Key is null), pair => Assert.False(pair.Outcome.Turn!.Known));
            foreach (var group in outcomes.Where(pair => pair.Send.Key is not null).GroupBy(pair => pair.Send.Key))
            {
                var won = Assert.Single(group, pair => pair.Outcome.Turn is { Known: false });
                foreach (var (send, outcome) in group.Where(pair => pair != won)) AssertKnown((won.Send, won.Outcome.Turn!.Ids), send, outcome);
            }

            await AssertAskedAsync(sample, outcomes.Count(pair => pair.Outcome.Turn is { Known: false }));
        },
        iter: 40, threads: 2);

    private static void AssertKnown((Send Send, TurnIds Ids) known, Send send, SendOutcome outcome)
    {
        if (send != known.Send)
        {
            Assert.Equal("conflict", outcome.Refusal?.Code);
            return;
        }

        Assert.Equal((true, known.Ids), (outcome.Turn!.Known, outcome.Turn.Ids));
    }

    private Task<SendOutcome> SendAsync(Send send, int sample) => Hub.BeginAsync(
        new SendRequest("local", "127.0.0.1", $"Sample {sample}, body {send.Body} [emulator echo=\"ok\" first=0 reasoning=0]")
        {
            ClientMessageId = send.Key is { } key ? $"sample {sample} key {key}" : null,
            Model = send.OtherModel ? "openai/gpt-oss-20b" : null,
        },
        Cancel);

    /// <summary>The provider was asked once for each turn, and for nothing else.</summary>
    private async Task AssertAskedAsync(int sample, int turns)
    {
        await ApiCalls.UntilAsync(() => Task.FromResult(Asked()), asked => asked >= turns, Cancel);
        await ApiCalls.UntilAsync(() => Task.FromResult(Hub.Running.Count()), running => running == 0 || Asked() > turns, Cancel);
        Assert.Equal(turns, Asked());

        int Asked() => fixture.Api.Replies($"Sample {sample}, ").Count;
    }

    private sealed record Send(int? Key, int Body, bool OtherModel);
}
