using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Processes;

public sealed class KillTests
{
    private const int TokensPerSecond = 400;

    // Numbers of three digits and a space; the checkpointer writes every 250 ms, and this machine may be busy.
    private const int MostLost = 4 * TokensPerSecond;

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
}
