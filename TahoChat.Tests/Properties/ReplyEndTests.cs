using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Properties;

/// <summary>A reply has one end, whoever asks for it at the same time: the provider by finishing or failing, a person by stop
/// or delete, the server by going down.</summary>
public sealed class ReplyEndTests(ApiWithoutRetries fixture) : IClassFixture<ApiWithoutRetries>
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(20);

    private static readonly string[] _prompts =
    [
        "[emulator reply=count:30 speed=3000 first=0 reasoning=0]",
        "[emulator reply=count:300 speed=0 first=0 reasoning=20]",
        "[emulator fault=cut after=8 speed=3000 first=0 reasoning=0]",
        "[emulator fault=reset after=3 speed=0 first=0 reasoning=0]",
        "[emulator fault=error after=5 speed=0 first=0]",
        "[emulator fault=503 first=0]",
        ApiCalls.Endless,
    ];

    private static readonly Gen<Act> _act = Gen.Select(
        Gen.Frequency((4, Gen.Const(Deed.Stop)), (2, Gen.Const(Deed.Delete)), (2, Gen.Const(Deed.Shutdown))), Gen.Int[0, 60],
        (deed, after) => new Act(deed, after));

    private enum Deed
    {
        Stop,
        Delete,
        Shutdown,
    }

    private TestApi Api => fixture.Api;

    private GenerationHub Hub => Api.Services.GetRequiredService<GenerationHub>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_reply_has_one_end_whatever_comes_together() => Gen.Select(Gen.Int[0, _prompts.Length - 1], _act.Array[0, 5]).SampleAsync(
        async (prompt, acts) =>
        {
            // A reply without an end of its own is stopped at last.
            var script = prompt == _prompts.Length - 1 ? [.. acts, new Act(Deed.Stop, 30)] : acts;
            var turn = (await Hub.BeginAsync(new SendRequest("local", "127.0.0.1", _prompts[prompt]), Cancel)).Turn!;
            var reply = turn.Generation!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(_deadline);

            var watchers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => EndsAsync(reply, limit.Token), Cancel)).ToList();
            await Task.WhenAll(script.Select(act => Task.Run(() => DoAsync(act, reply, limit.Token), Cancel)));
            var seen = await Task.WhenAll(watchers);

            var end = Assert.Single(seen.Select(watcher => watcher.End).Distinct());
            var text = Assert.Single(seen.Select(watcher => watcher.Text).Distinct());
            Assert.True(IsPossible(end, prompt, script), $"{end} after {string.Join(", ", script)}");
            var kept = await KeptAsync(turn.Ids);
            await AssertKeptAsync(turn.Ids, end, text, script);
            // A late request changes nothing.
            Hub.Stop("local", turn.Ids.ConversationId, turn.Ids.ReplyId);
            Assert.Equal(kept?.ToJsonString(), (await KeptAsync(turn.Ids))?.ToJsonString());
            Assert.Empty(Hub.In(turn.Ids.ConversationId));
        },
        iter: 60, threads: 4, print: pair => $"{_prompts[pair.Item1]} with {string.Join(", ", pair.Item2)}");

    /// <summary>All ends that a watcher is told, with the text that it has by then.</summary>
    private static async Task<(GenerationEnd End, string Text)> EndsAsync(Generation reply, CancellationToken cancellationToken)
    {
        var ends = new List<GenerationEnd>();
        var text = "";
        await foreach (var slice in reply.WatchAsync(default, cancellationToken))
        {
            text += slice.Content;
            if (slice.End is not null) ends.Add(slice.End);
        }

        return (Assert.Single(ends), text);
    }

    /// <summary>Does it once the reply has so much text, or has ended.</summary>
    private async Task DoAsync(Act act, Generation reply, CancellationToken cancellationToken)
    {
        await foreach (var slice in reply.WatchAsync(default, cancellationToken))
        {
            if (slice.Next.Content >= act.After) break;
        }

        switch (act.Deed)
        {
            case Deed.Stop:
                Hub.Stop("local", reply.Ids.ConversationId, reply.Ids.ReplyId);
                break;
            case Deed.Delete:
                await Api.Services.GetRequiredService<ConversationWriter>().DeleteAsync("local", reply.Ids.ConversationId, cancellationToken);
                break;
            case Deed.Shutdown:
                reply.RequestEnd(EndRequest.Shutdown);
                break;
        }
    }

    private static bool IsPossible(GenerationEnd end, int prompt, IReadOnlyList<Act> acts)
    {
        return end switch
        {
            { Deleted: true } => Did(Deed.Delete),
            { Status: MessageStatus.Stopped } => Did(Deed.Stop),
            { Error.Code: "server_restarted" } => Did(Deed.Shutdown),
            { Status: MessageStatus.Complete } => prompt < 2,
            { Error.Code: var code } => prompt is >= 2 and < 6 && code.StartsWith("provider_", StringComparison.Ordinal),
            _ => false,
        };

        bool Did(Deed deed) => acts.Any(act => act.Deed == deed);
    }

    private async Task<JsonObject?> KeptAsync(TurnIds ids) =>
        (await Api.CallAsync("GET", $"/conversations/{ids.ConversationId}", Cancel)) is { Status: HttpStatusCode.OK } found
            ? found.Json.Messages().Single(message => message.Number("id") == ids.ReplyId)
            : null;

    private async Task AssertKeptAsync(TurnIds ids, GenerationEnd end, string text, IReadOnlyList<Act> acts)
    {
        if (await KeptAsync(ids) is not { } kept)
        {
            Assert.Contains(acts, act => act.Deed == Deed.Delete);
            return;
        }

        Assert.DoesNotContain(acts, act => act.Deed == Deed.Delete);
        Assert.Equal(end.Status.ToString().ToLowerInvariant(), kept.Text("status"));
        Assert.Equal((end.Error?.Code, text), (kept.Text("error_code"), kept.Text("content")));
    }

    private sealed record Act(Deed Deed, int After);
}
