using System.Text.Json.Nodes;

namespace TahoChat.Tests.Chat;

/// <summary>Stop, regenerate, the queue and branches.</summary>
public sealed class TurnTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task Stopping_from_another_tab_keeps_the_partial_reply()
    {
        await using var sender = await Api.ConnectAsync(Cancel);
        await using var other = await Api.ConnectAsync(Cancel);
        var begun = await sender.GrowAsync(Cancel, prompt: $"Stop me {ApiCalls.Endless}");
        var (conversation, message) = (begun.Number("conversation_id"), begun.Number("message_id"));
        await other.SendAsync(new { type = "watch", conversation_id = conversation, message_id = message, offset = 0 }, Cancel);
        await other.ReceiveFirstAsync(frame => frame.Text("status") == "streaming" && frame.Number("offset") > 10, Cancel);

        await other.SendAsync(new { type = "stop", conversation_id = conversation, message_id = message }, Cancel);
        var end = (await sender.ReceiveTurnAsync(Cancel))[^1];

        Assert.Equal(("complete", "stopped", "stopped"), (end.Text("status"), end.Text("message_status"), end.Text("finish_reason")));
        Assert.Equal(end.ToJsonString(), (await other.ReceiveTurnAsync(Cancel))[^1].ToJsonString());
        var kept = await Api.MessageAsync(conversation, message, Cancel);
        Assert.Equal(("stopped", "stopped"), (kept.Text("status"), kept.Text("finish_reason")));
        Assert.StartsWith("1 2 3 ", kept.Text("content"), StringComparison.Ordinal);
        Assert.StartsWith(kept.Text("content")!, ApiCalls.Count(100_000), StringComparison.Ordinal);
        await ApiCalls.UntilAsync(() => Task.FromResult(Api.Replies("Stop me").Single()), request => request.CancelSeen, Cancel);
    }

    [Fact]
    public async Task There_is_nothing_to_stop_where_nothing_grows()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "Quick" }, Cancel);

        await socket.SendAsync(new { type = "stop", conversation_id = turn[0].Number("conversation_id") }, Cancel);
        Assert.Equal("not_growing", (await socket.ReceiveAsync(Cancel)).Text("code"));
        await socket.SendAsync(new { type = "stop", conversation_id = 424242, message_id = 1 }, Cancel);
        Assert.Equal("not_growing", (await socket.ReceiveAsync(Cancel)).Text("code"));
    }

    [Fact]
    public async Task Regenerating_makes_a_sibling_and_moves_the_head()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "Once more [emulator reply=echo]" }, Cancel);
        var (conversation, first) = (turn[0].Number("conversation_id"), turn[0].Number("message_id"));

        var again = await socket.TurnAsync(new { type = "regenerate", conversation_id = conversation, message_id = first, model = "openai/gpt-oss-20b" }, Cancel);

        Assert.Equal((turn[0].Number("user_message_id"), "openai/gpt-oss-20b"), (again[0].Number("user_message_id"), again[0].Text("model")));
        Assert.NotEqual(first, again[0].Number("message_id"));
        var kept = await Api.ConversationAsync(conversation, Cancel);
        Assert.Equal(again[0].Number("message_id"), kept.Number("head_id"));
        Assert.Equal([turn[0].Number("user_message_id"), again[0].Number("message_id")], kept.Messages().Select(message => message.Number("id")));
        Assert.Equal(2, Api.Replies("Once more").Count);
    }

    [Fact]
    public async Task What_cannot_be_regenerated_is_refused()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "Quick" }, Cancel);
        var conversation = turn[0].Number("conversation_id");
        var growing = await socket.GrowAsync(Cancel);

        Assert.Equal("not_found", await CodeAsync(conversation, 424242));
        Assert.Equal("not_found", await CodeAsync(424242, turn[0].Number("message_id")));
        Assert.Equal("not_found", await CodeAsync(conversation, growing.Number("message_id")));
        Assert.Equal("still_growing", await CodeAsync(growing.Number("conversation_id"), growing.Number("message_id")));
        await socket.SendAsync(new { type = "stop", conversation_id = growing.Number("conversation_id") }, Cancel);

        async Task<string?> CodeAsync(long id, long message)
        {
            await socket.SendAsync(new { type = "regenerate", conversation_id = id, message_id = message }, Cancel);
            return (await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel)).Text("code");
        }
    }

    [Fact]
    public async Task Two_sends_back_to_back_are_answered_in_order()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");

        await socket.SendAsync(new { message = "First [emulator reply=count:60 speed=200]", conversation_id = conversation }, Cancel);
        await socket.SendAsync(new { message = "Second [emulator echo=\"two\"]", conversation_id = conversation }, Cancel);
        var first = await socket.ReceiveTurnAsync(Cancel);
        var second = await socket.ReceiveTurnAsync(Cancel);

        var acknowledged = first.Where(frame => frame["user_message_id"] is not null).ToList();
        Assert.Equal(["streaming", "queued"], acknowledged.Select(frame => frame.Text("message_status")));
        Assert.Equal(acknowledged.Select(frame => frame.Number("message_id")), [first[^1].Number("message_id"), second[^1].Number("message_id")]);
        var kept = (await Api.ConversationAsync(conversation, Cancel)).Messages();
        Assert.Equal([ApiCalls.Count(60), "two"], kept.Where(message => message.Text("role") == "assistant").Select(message => message.Text("content")));
        Assert.Contains(ApiCalls.Count(60).Trim(), Api.Replies("Second").Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_pauses_the_queue_and_the_next_send_goes_on()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = (await socket.GrowAsync(Cancel)).Number("conversation_id");
        await socket.SendAsync(new { message = "Waits [emulator echo=\"waited\"]", conversation_id = conversation }, Cancel);
        var queued = await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await socket.ReceiveTurnAsync(Cancel);
        Assert.Equal("queued", (await Api.MessageAsync(conversation, queued.Number("message_id"), Cancel)).Text("status"));

        await socket.SendAsync(new { message = "Goes on [emulator echo=\"went on\"]", conversation_id = conversation }, Cancel);
        await socket.ReceiveTurnAsync(Cancel);
        await socket.ReceiveTurnAsync(Cancel);

        var replies = (await Api.ConversationAsync(conversation, Cancel)).Messages().Where(message => message.Text("role") == "assistant").ToList();
        Assert.Equal(["stopped", "complete", "complete"], replies.Select(message => message.Text("status")));
        Assert.Equal(["waited", "went on"], replies.Skip(1).Select(message => message.Text("content")));
    }

    [Fact]
    public async Task A_queued_reply_can_be_stopped_before_it_grows()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = (await socket.GrowAsync(Cancel)).Number("conversation_id");
        await socket.SendAsync(new { message = "Never asked", conversation_id = conversation }, Cancel);
        var queued = await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);

        await socket.SendAsync(new { type = "stop", conversation_id = conversation, message_id = queued.Number("message_id") }, Cancel);
        var end = (await socket.ReceiveTurnAsync(Cancel))[^1];

        Assert.Equal((queued.Number("message_id"), "stopped"), (end.Number("message_id"), end.Text("message_status")));
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await socket.ReceiveTurnAsync(Cancel);
        Assert.Empty(Api.Replies("Never asked"));
    }

    [Fact]
    public async Task A_message_after_an_older_one_branches_and_starts_at_once()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = "Root" }, Cancel);
        var conversation = first[0].Number("conversation_id");
        await socket.TurnAsync(new { message = "Left out", conversation_id = conversation }, Cancel);

        var branch = await socket.TurnAsync(
            new { message = "Taken [emulator echo=\"b\"]", conversation_id = conversation, parent_id = first[0].Number("message_id") }, Cancel);
        var missing = await socket.TurnAsync(new { message = "x", conversation_id = conversation, parent_id = 424242 }, Cancel);

        Assert.True((bool)branch[0]["branched"]!);
        Assert.Equal("streaming", branch[0].Text("message_status"));
        Assert.Equal(
            ["Root", "Taken [emulator echo=\"b\"]"],
            (await Api.ConversationAsync(conversation, Cancel)).Messages().Where(message => message.Text("role") == "user").Select(message => message.Text("content")));
        Assert.DoesNotContain("Left out", Api.Replies("Taken").Single().Body, StringComparison.Ordinal);
        Assert.Equal("not_found", missing[0].Text("code"));
        Assert.Null(first[0]["branched"]);
    }

    [Fact]
    public async Task The_second_turn_tells_the_provider_the_first()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = "My name is Ada [emulator echo=\"Noted, Ada\"]" }, Cancel);
        await socket.TurnAsync(new { message = "Failed in between [emulator fault=401]", conversation_id = first[0].Number("conversation_id") }, Cancel);
        await socket.TurnAsync(new { message = "What is my name?", conversation_id = first[0].Number("conversation_id") }, Cancel);

        var body = JsonNode.Parse(Api.Replies("What is my name?").Single().Body)!;

        Assert.Equal(
            [("user", "My name is Ada [emulator echo=\"Noted, Ada\"]"), ("assistant", "Noted, Ada"), ("user", "Failed in between [emulator fault=401]"), ("user", "What is my name?")],
            body["messages"]!.AsArray().Select(message => ((string?)message!["role"], (string?)message["content"])));
    }
}
