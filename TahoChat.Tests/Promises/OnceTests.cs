using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.Tests.Promises;

/// <summary>R3: what is sent happens once, however often it is sent, on however many sockets, before and after whatever end
/// of the server.</summary>
public sealed partial class OnceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_thousand_sends_that_are_retried_across_restarts_happen_once_each() => RunAsync(sends: 1000, restarts: 3);

    [Fact(Explicit = true)]
    public Task Ten_thousand_sends_that_are_retried_across_restarts_happen_once_each() => RunAsync(sends: 10_000, restarts: 12);

    private static async Task RunAsync(int sends, int restarts)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");
        var script = new OnceScript(seed);
        await using var api = await RestartedApi.StartAsync(requests: sends * 4, Cancel);
        var shared = await Task.WhenAll(Enumerable.Range(0, sends / 8).Select(_ => api.CreateAsync(Cancel)));
        var run = new OnceRun(api, script);

        var sent = await run.DoAsync(OnceScript.Sends(sends, shared), restarts, Cancel);
        await SettleAsync(api);
        var siblings = await run.DoAsync(OnceScript.Siblings(sent, every: 8, Continuable(api)), restarts: 1, Cancel);
        await SettleAsync(api);
        await AssertConflictsAsync(api, sent);
        await AssertConflictsAsync(api, siblings);
        await api.EndAsync(Cancel);

        TestContext.Current.TestOutputHelper.WriteLine(
            $"{sent.Count} sends and {siblings.Count} edits, regenerates and continues: {run.Attempts} attempts, "
            + $"{run.Unread} acknowledgements not read, {api.Restarts} restarts");
        AssertAnswersAgree([.. sent, .. siblings]);
        AssertRows(api, [.. sent, .. siblings], shared.Length);
        Assert.InRange(run.Unread, run.Attempts / 4, run.Attempts);
    }

    /// <summary>Until nothing grows or waits any more: a queue that a restart paused is told to go on.</summary>
    private static async Task SettleAsync(RestartedApi api)
    {
        using var rows = new OnceRows(api.Folder.Database);
        for (var number = 0; rows.Growing is { Count: > 0 } growing; number++)
        {
            foreach (var conversation in growing)
            {
                var wire = await api.WireAsync(number, Cancel);
                await wire.SendAsync(new JsonObject { ["type"] = "resume", ["conversation_id"] = conversation }, Cancel);
            }

            await Task.Delay(100, Cancel);
        }
    }

    private static async Task AssertConflictsAsync(RestartedApi api, List<OnceAnswer> answers)
    {
        foreach (var (answer, number) in answers.Where((_, number) => number % 50 == 0).Select((answer, number) => (answer, number)))
        {
            var other = answer.Command.Frame.DeepClone().AsObject();
            other["model"] = "openai/gpt-oss-20b";
            var refused = await (await api.WireAsync(number, Cancel)).AskAsync(other, Cancel);
            Assert.Equal("conflict", refused.Text("code"));
        }
    }

    private static void AssertAnswersAgree(List<OnceAnswer> answers)
    {
        Assert.All(answers, answer => Assert.Single(answer.Acknowledgements.Select(OnceAnswer.TurnOf).Distinct()));
        Assert.Equal(answers.Count, answers.Select(answer => answer.Turn.Reply).Distinct().Count());
    }

    private static HashSet<long> Continuable(RestartedApi api)
    {
        using var rows = new OnceRows(api.Folder.Database);
        return rows.Continuable;
    }

    private static void AssertRows(RestartedApi api, List<OnceAnswer> answers, int shared)
    {
        using var rows = new OnceRows(api.Folder.Database);
        var opened = answers.Count(answer => !answer.Command.Frame.ContainsKey("conversation_id"));
        var (messages, replies, restarted, posts) = (rows.Messages, rows.Replies, rows.Restarted, Posts(api.Provider));
        var unasked = 0;
        Assert.Equal(shared + opened, rows.Conversations);
        Assert.Equal(answers.Count(answer => answer.Command.Frame.ContainsKey("message")), messages.Count);
        Assert.All(messages, message => Assert.Equal(1, message.Value));
        Assert.All(answers.GroupBy(answer => answer.Turn.Message), turns =>
        {
            var asked = posts.GetValueOrDefault(turns.First().Command.Text);
            Assert.Equal(turns.Count(), replies[turns.Key]);
            // A reply that the server's end came before is not asked for afterwards: it says that it was interrupted.
            Assert.InRange(asked, turns.Count() - restarted.GetValueOrDefault(turns.Key), turns.Count());
            unasked += turns.Count() - asked;
        });
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{replies.Values.Sum()} replies, {posts.Values.Sum()} POSTs; a restart ended {restarted.Values.Sum()} replies, {unasked} of them before their POST");
    }

    /// <summary>How often the provider was asked for a reply to a message, by the message's first words.</summary>
    private static Dictionary<string, int> Posts(EmulatorRecord provider) => provider.Requests
        .Where(request => request is { Method: "POST", Stream: true })
        .Select(request => FirstWords().Matches(request.Body)[^1].Value)
        .GroupBy(words => words)
        .ToDictionary(group => group.Key, group => group.Count());

    // The last one of a request is the message that it asks about; those before are its history.
    [GeneratedRegex(@"(Send|Edit) \d+\.")]
    private static partial Regex FirstWords();
}
