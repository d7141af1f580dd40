using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Processes;

/// <summary>SIGTERM lets growing replies end within 20 s; SIGINT and any second signal break them off. Either way they are saved
/// before the sockets hear of it.</summary>
public sealed class SignalTests
{
    private const int Streams = 100;

    // The promises are 5 s and 25 s; a machine that runs other tests meanwhile may add this.
    private static readonly TimeSpan _slack = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _atOnce = TimeSpan.FromSeconds(5) + _slack;
    private static readonly TimeSpan _withGrace = TimeSpan.FromSeconds(25) + _slack;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_SIGINT_saves_a_hundred_growing_replies_and_ends_at_once()
    {
        using var folder = new ProcessFolder();
        await using var api = await StartAsync(folder);
        var replies = await GrowAsync(api, _ => "[emulator reply=count:100000 speed=20 first=0 reasoning=0]");

        var took = await api.EndAfterAsync("INT", Cancel);
        await Task.WhenAll(replies.Select(reply => reply.Ended));

        Report($"SIGINT with {Streams} streams", took);
        Assert.Equal(0, api.ExitCode);
        Assert.InRange(took, TimeSpan.Zero, _atOnce);
        Assert.All(replies, reply => reply.AssertEnded("interrupted", folder));
    }

    [Fact]
    public async Task SIGTERM_lets_replies_end_and_saves_those_that_do_not()
    {
        using var folder = new ProcessFolder();
        await using var api = await StartAsync(folder);
        // Half of them need a few seconds more, the other half would go on for an hour.
        var replies = await GrowAsync(api, number => $"[emulator reply=count:{(number % 2 == 0 ? 160 : 100000)} speed=20 first=0 reasoning=0]");
        var last = Assert.Single(await GrowAsync(api, _ => "[emulator reply=count:160 speed=20 first=0 reasoning=0]", 1));
        await using var other = await api.ConnectAsync(Cancel);
        await other.SendAsync(new { message = "It waits", conversation_id = last.Conversation }, Cancel);
        await other.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);

        var ended = api.EndAfterAsync("TERM", Cancel);
        await AssertServesAllButSendsAsync(api, replies[1].Conversation);
        var took = await ended;
        await Task.WhenAll(replies.Append(last).Select(reply => reply.Ended));

        Report($"SIGTERM with {Streams} streams", took);
        Assert.Equal(0, api.ExitCode);
        Assert.InRange(took, TimeSpan.FromSeconds(20), _withGrace);
        for (var number = 0; number < Streams; number++) replies[number].AssertEnded(number % 2 == 0 ? "complete" : "interrupted", folder);
        // What it waited for was finished, and still nothing new began.
        last.AssertEnded("complete", folder);
        Assert.Single(folder.Replies(), reply => reply.Status == "queued");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_second_signal_ends_the_patience_of_the_first(string second)
    {
        using var folder = new ProcessFolder();
        await using var api = await StartAsync(folder);
        var replies = await GrowAsync(api, _ => "[emulator reply=count:100000 speed=50 first=0 reasoning=0]", 3);
        using var http = api.Http();

        await api.SignalAsync("TERM", Cancel);
        await ApiCalls.UntilAsync(() => http.GetAsync("/health", Cancel), health => health.StatusCode == HttpStatusCode.ServiceUnavailable, Cancel);
        Assert.All(folder.Replies(), reply => Assert.Equal("streaming", reply.Status));
        var took = await api.EndAfterAsync(second, Cancel);
        await Task.WhenAll(replies.Select(reply => reply.Ended));

        Report($"SIGTERM and SIG{second}", took);
        Assert.Equal(0, api.ExitCode);
        Assert.InRange(took, TimeSpan.Zero, _atOnce);
        Assert.All(replies, reply => reply.AssertEnded("interrupted", folder));
    }

    [Fact]
    public async Task SIGTERM_ends_it_as_soon_as_the_last_reply_has_ended()
    {
        using var folder = new ProcessFolder();
        await using var api = await StartAsync(folder);
        var replies = await GrowAsync(api, _ => "[emulator reply=count:100 speed=50 first=0 reasoning=0]", 1);

        var took = await api.EndAfterAsync("TERM", Cancel);
        await Task.WhenAll(replies.Select(reply => reply.Ended));

        Report("SIGTERM with a reply of 2 s", took);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        replies[0].AssertEnded("complete", folder);
        Assert.Equal(ApiCalls.Count(100), replies[0].Frames.Content());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    public async Task A_signal_with_nothing_to_do_ends_it_at_once(string signal)
    {
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        await using var socket = await api.ConnectAsync(Cancel);

        var ended = api.EndAfterAsync(signal, Cancel);
        Assert.Null(await socket.ReceiveAsync(Cancel));
        await socket.CloseAsync(Cancel);

        Assert.InRange(await ended, TimeSpan.Zero, _atOnce);
        Assert.Equal(0, api.ExitCode);
        Assert.Empty(api.Errors);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    /// <summary>Readiness fails; reading and watching go on, on new connections too; what would begin a reply is refused.</summary>
    private static async Task AssertServesAllButSendsAsync(ApiProcess api, long conversation)
    {
        using var http = api.Http();
        var health = await ApiCalls.UntilAsync(
            () => http.GetAsync("/health", Cancel), answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable, Cancel);
        Assert.Equal("unhealthy", (await health.Content.ReadFromJsonAsync<JsonObject>(Cancel)).Text("status"));
        var kept = await http.GetFromJsonAsync<JsonObject>($"/conversations/{conversation}", Cancel);
        Assert.Equal("streaming", kept!.Messages()[1].Text("status"));
        using var post = await http.PostAsJsonAsync("/chat", new { message = "Too late" }, Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, post.StatusCode);
        Assert.Equal("shutting_down", (await post.Content.ReadFromJsonAsync<JsonObject>(Cancel)).Text("code"));

        await using var late = await api.ConnectAsync(Cancel);
        var refused = await late.TurnAsync(new { message = "Too late", client_message_id = "late" }, Cancel);
        Assert.Equal(("shutting_down", "late", true), (refused[0].Text("code"), refused[0].Text("client_message_id"), (bool)refused[0]["retryable"]!));
        await late.SendAsync(new { type = "watch", conversation_id = conversation, revision = 0 }, Cancel);
        await late.ReceiveFirstAsync(frame => frame.Text("text") is { Length: > 0 }, Cancel);
        while (await late.ReceiveAsync(Cancel) is not null)
        {
            // Until the server says goodbye.
        }

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, late.CloseStatus);
        await late.CloseAsync(Cancel);
    }

    private static Task<ApiProcess> StartAsync(ProcessFolder folder) => ApiProcess.StartAsync(
        folder, Cancel, ("PORT", "0"), ("Limits__SendsPerMinute", "100000"), ("Limits__GrowingReplies", "1000"));

    /// <summary>Replies that grow, each on a socket of its own, seen to have text, and read on until the server closes.</summary>
    private static async Task<List<GrowingReply>> GrowAsync(ApiProcess api, Func<int, string> prompt, int count = Streams)
    {
        var replies = new List<GrowingReply>();
        foreach (var numbers in Enumerable.Range(0, count).Chunk(10))
            replies.AddRange(await Task.WhenAll(numbers.Select(number => BeginAsync(api, prompt(number)))));
        return replies;
    }

    private static async Task<GrowingReply> BeginAsync(ApiProcess api, string prompt)
    {
        var reply = await GrowingReply.BeginAsync(api, prompt, Cancel);
        await reply.ReadUntilAsync(frame => frame.Text("text") is { Length: > 0 }, Cancel);
        reply.Ended = reply.ReadToTheEndAsync(Cancel);
        return reply;
    }

    private static void Report(string what, TimeSpan took) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: ended after {took.TotalSeconds:F1} s");
}
