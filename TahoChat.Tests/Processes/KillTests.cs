using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using TahoChat.Api.Lifetime;

namespace TahoChat.Tests.Processes;

/// <summary>A process that is killed at any point loses no message that it acknowledged, and a quarter of a second of a reply.</summary>
public sealed class KillTests
{
    private const int TokensPerSecond = 400;

    // Numbers of three digits and a space; the checkpointer writes every 250 ms, and this machine may be busy.
    private const int MostLost = 4 * TokensPerSecond;

    /// <summary>Where a server that is used can die.</summary>
    private static readonly string[] _points =
    [
        Failpoint.SweepBeforeCommit, Failpoint.TurnBeforeCommit, Failpoint.TurnAfterCommit, Failpoint.TurnBeforeAcknowledgement,
        Failpoint.ReplyAfterSlice, Failpoint.CheckpointBeforeCommit, Failpoint.CheckpointAfterCommit, Failpoint.EndBeforeCommit,
        Failpoint.EndAfterCommit,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kill_in_the_middle_of_a_reply_keeps_the_part_that_came_marked_interrupted_and_the_conversation_goes_on()
    {
        using var folder = new ProcessFolder();
        string seen;
        await using (var killed = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0")))
        {
            await using var socket = await killed.ConnectAsync(Cancel);
            await socket.SendAsync(new { message = $"[emulator reply=count:100000 speed={TokensPerSecond} first=0]" }, Cancel);
            var length = 0;
            var frames = await socket.ReceiveUntilAsync(frame => (length += frame.Text("text")!.Length) > 3000, Cancel);
            seen = frames.Content();
            await killed.SignalAsync("KILL", Cancel);
            await killed.EndAsync(Cancel);
        }

        Assert.Equal("streaming", Assert.Single(folder.Replies()).Status);

        var watch = Stopwatch.StartNew();
        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        TestContext.Current.TestOutputHelper!.WriteLine($"Ready again after {watch.Elapsed.TotalSeconds:F1} s");
        using var http = api.Http();
        var kept = (await http.GetFromJsonAsync<JsonObject>("/conversations/1", Cancel))!["messages"]![1]!.AsObject();

        Assert.Equal(("interrupted", "server_restarted"), (kept.Text("status"), kept.Text("error_code")));
        var content = kept.Text("content")!;
        TestContext.Current.TestOutputHelper.WriteLine($"Seen {seen.Length}, kept {content.Length} characters");
        Assert.StartsWith(content[..Math.Min(content.Length, seen.Length)], seen, StringComparison.Ordinal);
        Assert.InRange(content.Length, seen.Length - MostLost, int.MaxValue);

        await using var again = await api.ConnectAsync(Cancel);
        await again.SendAsync(new { message = "[emulator echo=\"Here again\" first=0]", conversation_id = 1 }, Cancel);
        Assert.Equal("Here again", (await again.ReceiveTurnAsync(Cancel)).Content());
    }

    [Fact]
    public Task Ten_kills_lose_no_acknowledged_message() => KillAsync(kills: 10, sends: 20, senders: 4);

    [Fact(Explicit = true)]
    public Task Five_hundred_kills_lose_none_of_fifty_thousand_acknowledged_messages() => KillAsync(kills: 500, sends: 110, senders: 8, least: 50_000);

    [Fact]
    public Task A_kill_at_any_of_the_first_slices_leaves_the_reply_interrupted() => KillAtSlicesAsync(1, 2, 17);

    [Fact(Explicit = true)]
    public Task A_kill_at_any_of_a_hundred_slices_leaves_the_reply_interrupted() => KillAtSlicesAsync([.. Enumerable.Range(1, 100)]);

    [Fact]
    public void A_release_build_has_no_failpoints()
    {
        var methods = typeof(Failpoint).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => !method.IsPrivate).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.Equal("DEBUG", Assert.Single(method.GetCustomAttributes<ConditionalAttribute>()).ConditionString));
    }

    /// <summary>At each named point in turn, and as often at random moments.</summary>
    private static async Task KillAsync(int kills, int sends, int senders, int least = 1)
    {
        var random = new Random(kills);
        using var run = new KillRun(senders);
        // The database is made without trouble here; what a kill does to that is another test's.
        await run.KillAsync(null, sends, TimeSpan.Zero, growing: 2, Cancel);
        while (run.Kills < kills || run.Acknowledged < least)
        {
            var point = run.Kills % 2 == 0 ? _points[run.Kills / 2 % _points.Length] : null;
            var times = point switch
            {
                Failpoint.SweepBeforeCommit => 1,
                Failpoint.CheckpointBeforeCommit or Failpoint.CheckpointAfterCommit => random.Next(1, 6),
                _ => random.Next(1, sends),
            };
            await run.KillAsync(
                point is null ? null : $"{point}:{times}", point is null ? 2 * sends : 0, TimeSpan.FromMilliseconds(random.Next(700)), growing: 2, Cancel);
        }

        await run.FinishAsync(Cancel);
    }

    private static async Task KillAtSlicesAsync(params int[] slices)
    {
        using var run = new KillRun(senders: 0);
        foreach (var slice in slices) await run.KillAsync($"{Failpoint.ReplyAfterSlice}:{slice}", 0, TimeSpan.Zero, growing: 1, Cancel);
        await run.FinishAsync(Cancel);
        Assert.Equal(slices.Length, run.Kills);
    }
}
