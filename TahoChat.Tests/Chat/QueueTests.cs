using System.Text.Json.Nodes;

namespace TahoChat.Tests.Chat;

/// <summary>Messages that wait behind a reply: seen, changed, taken out, and there after a restart.</summary>
public sealed class QueueTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task A_message_that_waits_can_be_changed_and_is_asked_as_it_is_then()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = (await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:200 speed=200]")).Number("conversation_id");
        var waiting = await QueueAsync(socket, conversation, "First words");

        var edit = new { type = "edit", conversation_id = conversation, message_id = waiting.Number("user_message_id"), message = "Other words [emulator echo=\"asked\"]", client_message_id = $"edit-{conversation}" };
        await socket.SendAsync(edit, Cancel);
        await socket.SendAsync(edit, Cancel);
        var acknowledged = await socket.ReceiveFirstAsync(frame => frame.Text("client_message_id") == edit.client_message_id, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("status") == "complete" && frame.Number("message_id") == waiting.Number("message_id"), Cancel);

        Assert.Equal((waiting.Number("message_id"), "queued"), (acknowledged.Number("message_id"), acknowledged.Text("message_status")));
        Assert.Equal(["Other words [emulator echo=\"asked\"]", "asked"], (await TextsAsync(conversation)).Skip(2));
        Assert.Empty(Api.Replies("First words"));
        Assert.Single(Api.Replies("Other words"));
    }

    [Fact]
    public async Task A_message_that_waits_can_be_taken_out_and_the_one_behind_it_moves_up()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        var conversation = (await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:200 speed=200]")).Number("conversation_id");
        await watcher.SendAsync(new { type = "watch", conversation_id = conversation, revision = 0 }, Cancel);
        var first = await QueueAsync(socket, conversation, "Taken out");
        await QueueAsync(socket, conversation, "Moves up [emulator echo=\"up\"]");

        await socket.SendAsync(new { type = "remove", conversation_id = conversation, message_id = first.Number("user_message_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "removed" && frame.Text("code") == "gone", Cancel);
        var told = await watcher.ReceiveFirstAsync(
            frame => frame["message"] is JsonObject message && message.Text("status") == "removed" && message.Text("role") == "user", Cancel);

        Assert.Equal(first.Number("user_message_id"), told["message"]!.AsObject().Number("id"));
        await ApiCalls.UntilAsync(() => TextsAsync(conversation), texts => texts[^1] == "up", Cancel);
        Assert.Equal(["Moves up [emulator echo=\"up\"]", "up"], (await TextsAsync(conversation)).Skip(2));
        Assert.Equal(4, (await Api.CallAsync("GET", "/conversations?limit=100", Cancel)).List
            .Single(row => row.Number("id") == conversation).Number("message_count"));
        Assert.Empty(Api.Replies("Taken out"));
        await socket.SendAsync(new { type = "remove", conversation_id = conversation, message_id = first.Number("message_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("code") == "not_queued", Cancel);
    }

    [Fact]
    public async Task Taking_out_the_last_one_shows_the_reply_before_it_again()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var growing = await socket.GrowAsync(Cancel);
        var conversation = growing.Number("conversation_id");
        var send = new { message = "Never asked", conversation_id = conversation, client_message_id = $"gone-{conversation}" };
        await socket.SendAsync(send, Cancel);
        var waiting = await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);

        await socket.SendAsync(new { type = "remove", conversation_id = conversation, message_id = waiting.Number("message_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "removed", Cancel);
        await socket.SendAsync(send, Cancel);
        var again = await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel);

        Assert.Equal(("gone", send.client_message_id), (again.Text("code"), again.Text("client_message_id")));
        Assert.Equal(growing.Number("message_id"), (await Api.ConversationAsync(conversation, Cancel)).Number("head_id"));
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
    }

    [Fact]
    public async Task A_paused_queue_goes_on_when_it_is_told_to()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = (await socket.GrowAsync(Cancel)).Number("conversation_id");
        await socket.SendAsync(new { type = "resume", conversation_id = conversation }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("code") == "not_queued", Cancel);
        var waiting = await QueueAsync(socket, conversation, "[emulator echo=\"went on\"]");
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "stopped", Cancel);

        await socket.SendAsync(new { type = "resume", conversation_id = conversation }, Cancel);
        var end = await socket.ReceiveFirstAsync(frame => frame.Text("status") == "complete", Cancel);

        Assert.Equal(waiting.Number("message_id"), end.Number("message_id"));
        Assert.Equal("went on", (await TextsAsync(conversation))[^1]);
    }

    [Fact]
    public async Task Another_attempt_takes_the_queue_over()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var growing = await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:300 speed=400]");
        var conversation = growing.Number("conversation_id");
        await QueueAsync(socket, conversation, "[emulator echo=\"after\"]");
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "stopped", Cancel);

        await socket.SendAsync(new { type = "continue", conversation_id = conversation, message_id = growing.Number("message_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("status") == "complete", Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("status") == "complete", Cancel);

        var texts = await TextsAsync(conversation);
        Assert.Equal([ApiCalls.Count(300), "[emulator echo=\"after\"]", "after"], texts.Skip(1));
    }

    [Fact]
    public async Task What_waits_survives_a_restart_and_goes_out_after_the_reply_was_continued()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-").FullName;
        long conversation, reply;
        await using (var api = await TestApi.StartAsync(Cancel, folder: folder))
        await using (var socket = await api.ConnectAsync(Cancel))
        {
            var growing = await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:2000 speed=400]");
            (conversation, reply) = (growing.Number("conversation_id"), growing.Number("message_id"));
            await QueueAsync(socket, conversation, "[emulator echo=\"survived\"]");
        }

        await using var again = await TestApi.StartAsync(Cancel, folder: folder);
        await using var tab = await again.ConnectAsync(Cancel);
        Assert.Equal(["interrupted", "queued"], await StatusesAsync());
        await tab.SendAsync(new { type = "watch", conversation_id = conversation, revision = 0 }, Cancel);
        await tab.SendAsync(new { type = "continue", conversation_id = conversation, message_id = reply }, Cancel);
        var acknowledged = await tab.ReceiveFirstAsync(frame => frame["user_message_id"] is not null, Cancel);
        await tab.SendAsync(new { type = "stop", conversation_id = conversation, message_id = acknowledged.Number("message_id") }, Cancel);
        await tab.ReceiveFirstAsync(frame => frame.Text("message_status") == "stopped", Cancel);
        await tab.SendAsync(new { type = "resume", conversation_id = conversation }, Cancel);
        await tab.ReceiveFirstAsync(frame => frame.Text("message_status") == "complete", Cancel);

        Assert.Equal(["stopped", "complete"], await StatusesAsync());
        Assert.Equal("survived", (await again.ConversationAsync(conversation, Cancel)).Messages()[^1].Text("content"));

        async Task<IEnumerable<string?>> StatusesAsync() => (await again.ConversationAsync(conversation, Cancel)).Messages()
            .Where(message => message.Text("role") == "assistant").Select(message => message.Text("status"));
    }

    [Fact]
    public async Task Twenty_messages_may_wait_and_one_more_is_refused()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = (await socket.GrowAsync(Cancel)).Number("conversation_id");
        for (var number = 0; number < 20; number++) await QueueAsync(socket, conversation, $"Waits {number}");

        await socket.SendAsync(new { message = "One too many", conversation_id = conversation }, Cancel);
        Assert.Equal("queue_full", (await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel)).Text("code"));
        await Api.CallAsync("DELETE", $"/conversations/{conversation}", Cancel);
    }

    private static async Task<JsonObject> QueueAsync(TestSocket socket, long conversation, string message)
    {
        await socket.SendAsync(new { message, conversation_id = conversation }, Cancel);
        return await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);
    }

    private async Task<List<string?>> TextsAsync(long conversation) =>
        [.. (await Api.ConversationAsync(conversation, Cancel)).Messages().Select(message => message.Text("content"))];
}
