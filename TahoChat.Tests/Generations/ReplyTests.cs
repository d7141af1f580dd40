using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TahoChat.Tests.Generations;

/// <summary>A reply ends, or says that it did not.</summary>
public sealed class ReplyTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Theory]
    [InlineData("401", "provider_unauthorized", false, 1)]
    [InlineData("403", "provider_forbidden", false, 1)]
    [InlineData("413", "context_too_long", false, 1)]
    [InlineData("422", "provider_rejected", false, 1)]
    [InlineData("429 retry_after=3600", "provider_rate_limited", true, 1)]
    [InlineData("404", "model_not_found", false, 2)]
    [InlineData("500", "provider_error", true, 3)]
    [InlineData("503", "provider_overloaded", true, 3)]
    public async Task A_fault_before_the_first_text_fails_the_reply(string fault, string code, bool retryable, int posts)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var mark = $"Before {Guid.NewGuid():N}";

        var turn = await socket.TurnAsync(new { message = $"{mark} [emulator fault={fault}]" }, Cancel);

        var end = turn[^1];
        Assert.Equal(("error", code, "failed"), (end.Text("status"), end.Text("code"), end.Text("message_status")));
        Assert.Equal(retryable, (bool)end["retryable"]!);
        if (fault.Contains("3600", StringComparison.Ordinal)) Assert.Equal(3_600_000, end.Number("retry_after_ms"));
        Assert.Equal(posts, Api.Replies(mark).Count);
        var kept = (await Api.ConversationAsync(turn[0].Number("conversation_id"), Cancel)).Messages();
        Assert.Equal(["complete", "failed"], kept.Select(message => message.Text("status")));
        Assert.Equal(("", code, end.Text("error")), (kept[1].Text("content"), kept[1].Text("error_code"), kept[1].Text("error")));
        Assert.DoesNotContain("org_", end.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "provider_rejected", false)]
    [InlineData("x_groq.error", "provider_error", true)]
    [InlineData("cut", "provider_disconnected", true)]
    [InlineData("reset", "provider_disconnected", true)]
    public async Task A_fault_after_text_interrupts_the_reply_and_keeps_what_came(string fault, string code, bool retryable)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var mark = $"After {Guid.NewGuid():N}";

        var turn = await socket.TurnAsync(new { message = $"{mark} [emulator fault={fault} after=7 reply=count:50]" }, Cancel);

        var end = turn[^1];
        Assert.Equal(("error", code, "interrupted"), (end.Text("status"), end.Text("code"), end.Text("message_status")));
        Assert.Equal(retryable, (bool)end["retryable"]!);
        Assert.Equal(ApiCalls.Count(7), turn.Content());
        Assert.Single(Api.Replies(mark));
        var kept = await Api.MessageAsync(turn[0].Number("conversation_id"), turn[0].Number("message_id"), Cancel);
        Assert.Equal(("interrupted", ApiCalls.Count(7), code), (kept.Text("status"), kept.Text("content"), kept.Text("error_code")));
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_seen()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Passes [emulator fault=500 fails=1 reply=count:5]" }, Cancel);

        Assert.Equal(("complete", ApiCalls.Count(5)), (turn[^1].Text("status"), turn.Content()));
        Assert.Equal(2, Api.Replies("Passes").Count);
    }

    [Fact]
    public async Task A_provider_that_says_nothing_is_given_up_in_time()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_TIMEOUT_SECONDS"] = "1" });
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Silence [emulator fault=silent]" }, Cancel);

        Assert.Equal(("provider_timeout", "failed"), (turn[^1].Text("code"), turn[^1].Text("message_status")));
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Replies("Silence").Single()), request => request.CancelSeen, Cancel);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_fails_the_reply()
    {
        await using var api = await TestApi.StartAsync(
            Cancel, new Dictionary<string, string?> { ["GROQ_BASE_URL"] = "http://127.0.0.1:9", ["GROQ_MAX_RETRIES"] = "0" });
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Anybody?" }, Cancel);

        Assert.Equal(("provider_unreachable", "failed"), (turn[^1].Text("code"), turn[^1].Text("message_status")));
    }

    [Fact]
    public async Task A_reply_is_whole_in_the_database_though_its_client_left()
    {
        var leaving = await Api.ConnectAsync(Cancel);
        var begun = await leaving.GrowAsync(Cancel, prompt: "[emulator reply=count:200 speed=400 first=0]");
        leaving.Abort();
        await leaving.DisposeAsync();

        var kept = await ApiCalls.UntilAsync(
            () => Api.MessageAsync(begun.Number("conversation_id"), begun.Number("message_id"), Cancel), reply => reply.Text("status") != "streaming", Cancel);

        Assert.Equal(("complete", ApiCalls.Count(200)), (kept.Text("status"), kept.Text("content")));
        Assert.Equal("stop", kept.Text("finish_reason"));
        Assert.True(kept["usage"]!["completion_tokens"]!.GetValue<int>() >= 200);
    }

    [Fact]
    public async Task While_a_reply_grows_the_database_follows_it()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel);
        var (conversation, message) = (begun.Number("conversation_id"), begun.Number("message_id"));
        var seen = new List<string> { "" };

        while (seen.Count < 4)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var reply = await ApiCalls.UntilAsync(
                () => Api.MessageAsync(conversation, message, Cancel), reply => reply.Text("content")!.Length > seen[^1].Length, Cancel);
            Assert.InRange(clock.ElapsedMilliseconds, 0, 2500);
            Assert.Equal("streaming", reply.Text("status"));
            seen.Add(reply.Text("content")!);
        }

        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.StartsWith(seen[^1], ApiCalls.Count(100_000), StringComparison.Ordinal);
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await socket.ReceiveTurnAsync(Cancel);
    }

    [Fact]
    public async Task Reasoning_comes_on_a_text_of_its_own()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Think [emulator reasoning=40 reply=count:3]", reasoning_effort = "low" }, Cancel);

        var reasoning = "";
        foreach (var frame in turn.Skip(1).Where(frame => frame["reasoning"] is not null))
        {
            Assert.Equal(reasoning.Length, (int)frame.Number("reasoning_offset"));
            reasoning += frame.Text("reasoning");
        }

        var kept = await Api.MessageAsync(turn[0].Number("conversation_id"), turn[0].Number("message_id"), Cancel);
        Assert.NotEmpty(reasoning);
        Assert.Equal((reasoning, ApiCalls.Count(3)), (kept.Text("reasoning"), kept.Text("content")));
        Assert.Contains("\"reasoning_effort\":\"low\"", Api.Replies("Think").Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_an_hour_changes_no_order(int hours)
    {
        var clock = new JumpingClock();
        await using var api = await TestApi.StartAsync(Cancel, services: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await using var socket = await api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:60 speed=200 first=0 reasoning=0]");

        clock.Jump = TimeSpan.FromHours(hours);
        var first = await socket.ReceiveTurnAsync(Cancel);
        var conversation = begun.Number("conversation_id");
        await socket.TurnAsync(new { message = "Then [emulator echo=\"later\"]", conversation_id = conversation }, Cancel);

        Assert.Equal("complete", first[^1].Text("status"));
        var messages = (await api.ConversationAsync(conversation, Cancel)).Messages();
        Assert.Equal(["user", "assistant", "user", "assistant"], messages.Select(message => message.Text("role")));
        Assert.Equal([ApiCalls.Count(60), "later"], messages.Where(message => message.Text("role") == "assistant").Select(message => message.Text("content")));
        Assert.Equal(messages.Select(message => message.Number("id")).Order(), messages.Select(message => message.Number("id")));
    }

    private sealed class JumpingClock : TimeProvider
    {
        public TimeSpan Jump { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;
    }
}
