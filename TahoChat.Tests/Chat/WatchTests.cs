using System.Globalization;

namespace TahoChat.Tests.Chat;

/// <summary>Tabs that watch a conversation: each holds nothing but a revision and an offset.</summary>
public sealed class WatchTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task A_tab_that_only_watches_sees_the_send_of_another()
    {
        await using var sender = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        var conversation = await NewAsync();
        await WatchAsync(watcher, conversation);

        var sent = await sender.TurnAsync(new { message = "Hello [emulator reply=count:300 speed=3000]", conversation_id = conversation }, Cancel);
        var seen = await watcher.ReceiveTurnAsync(Cancel);

        var messages = seen.Where(frame => frame.Text("type") == "message").Select(frame => frame["message"]!.AsObject()).ToList();
        Assert.Equal(["user", "assistant"], messages.Select(message => message.Text("role")));
        Assert.Equal(("Hello [emulator reply=count:300 speed=3000]", "complete"), (messages[0].Text("content"), messages[0].Text("status")));
        Assert.Equal(("", "streaming"), (messages[1].Text("content"), messages[1].Text("status")));
        Assert.Equal(sent[0].Number("message_id"), messages[1].Number("id"));
        Assert.Contains(seen, frame => frame.Text("type") == "conversation" && (bool)frame["conversation"]!["growing"]!);
        Assert.Equal(ApiCalls.Count(300), seen.Content());
        Assert.Equal(sent.Content(), seen.Content());
        Assert.Equal(sent[^1].ToJsonString(), seen[^1].ToJsonString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(-5, 0)]
    [InlineData(int.MinValue, 0)]
    public async Task A_watch_resumes_from_its_offset(int offset, int expected)
    {
        await using var sender = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        var begun = await sender.GrowAsync(Cancel, prompt: "[emulator reply=count:150 speed=300 first=0 reasoning=0]");
        await sender.ReceiveUntilAsync(frame => frame.Text("text") is { Length: > 0 } && frame.Number("offset") > 20, Cancel);

        await WatchAsync(watcher, begun.Number("conversation_id"), begun.Number("message_id"), offset, read: false);
        var frames = await watcher.ReceiveTurnAsync(Cancel);

        var whole = ApiCalls.Count(150);
        Assert.Equal(whole, frames.Content(before: whole[..expected]));
        var reset = frames.SingleOrDefault(frame => frame.Text("type") == "reset");
        Assert.Equal(expected == offset, reset is null);
        if (reset is not null) Assert.Equal((expected, 0), ((int)reset.Number("offset"), (int)reset.Number("reasoning_offset")));
    }

    [Fact]
    public async Task An_offset_that_does_not_exist_is_reset_to_the_nearest_that_does()
    {
        await using var sender = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        await sender.SendAsync(new { message = "[emulator echo=\"🌊🌊 🌊🌊 stays\" fault=stall after=3 first=0 reasoning=0]" }, Cancel);
        var frames = await sender.ReceiveUntilAsync(frame => frame.Text("text") is { Length: > 0 }, Cancel);
        var (conversation, message) = (frames[0].Number("conversation_id"), frames[0].Number("message_id"));
        await ApiCalls.UntilAsync(
            () => Api.MessageAsync(conversation, message, Cancel), reply => reply.Text("content")!.StartsWith("🌊🌊", StringComparison.Ordinal), Cancel);

        await WatchAsync(watcher, conversation, message, offset: 1, read: false);
        var inside = await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "reset", Cancel);
        await WatchAsync(watcher, conversation, message, offset: 1_000_000, read: false);
        var beyond = await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "reset", Cancel);
        await sender.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await watcher.ReceiveTurnAsync(Cancel);

        Assert.Equal(0, inside.Number("offset"));
        var kept = (await Api.MessageAsync(conversation, message, Cancel)).Text("content")!;
        Assert.Equal(kept.Length, beyond.Number("offset"));
    }

    [Fact]
    public async Task Watching_again_on_the_same_socket_starts_from_what_the_client_has_now()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel);
        var (conversation, message) = (begun.Number("conversation_id"), begun.Number("message_id"));
        await socket.ReceiveUntilAsync(frame => frame.Text("status") == "streaming" && frame.Number("offset") > 40, Cancel);

        await WatchAsync(socket, conversation, message, offset: 6, read: false);
        var again = await socket.ReceiveFirstAsync(frame => frame.Text("status") == "streaming" && frame.Number("offset") == 6, Cancel);
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        var rest = await socket.ReceiveTurnAsync(Cancel);

        var kept = (await Api.MessageAsync(conversation, message, Cancel)).Text("content");
        Assert.Equal(kept, rest.Prepend(again).Content(before: "1 2 3 "));
    }

    [Fact]
    public async Task What_happens_between_the_load_and_the_watch_is_told()
    {
        await using var sender = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        var conversation = await NewAsync();
        var loaded = (await Api.ConversationAsync(conversation, Cancel)).Number("revision");
        var turn = await sender.TurnAsync(new { message = "Quick [emulator echo=\"done\"]", conversation_id = conversation }, Cancel);

        await watcher.SendAsync(new { type = "watch", conversation_id = conversation, revision = loaded }, Cancel);
        var told = await watcher.ReceiveUntilAsync(frame => frame.Text("type") == "watching", Cancel);

        var messages = told.Where(frame => frame.Text("type") == "message").Select(frame => frame["message"]!.AsObject()).ToList();
        Assert.Equal(["Quick [emulator echo=\"done\"]", "done"], messages.Select(message => message.Text("content")));
        Assert.Equal("complete", messages[1].Text("status"));
        Assert.True(told[^1].Number("revision") >= turn[^1].Number("revision"));
        Assert.DoesNotContain(told, frame => frame.ContainsKey("status"));
    }

    [Fact]
    public async Task A_revision_that_holds_is_told_nothing()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = await NewAsync();
        var revision = (await Api.ConversationAsync(conversation, Cancel)).Number("revision");

        await socket.SendAsync(new { type = "watch", conversation_id = conversation, revision }, Cancel);

        Assert.Equal($$"""{"type":"watching","conversation_id":{{conversation}},"revision":{{revision}}}""", (await socket.ReceiveAsync(Cancel))!.ToJsonString());
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(long.MaxValue)]
    public async Task A_revision_of_the_future_has_to_load_again(long revision)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = await NewAsync();

        await socket.SendAsync(new { type = "watch", conversation_id = conversation, revision }, Cancel);
        Assert.Equal($$"""{"type":"resync","conversation_id":{{conversation}}}""", (await socket.ReceiveAsync(Cancel))!.ToJsonString());
        await socket.SendAsync(new { type = "watch", revision }, Cancel);
        Assert.Equal("""{"type":"resync"}""", (await socket.ReceiveAsync(Cancel))!.ToJsonString());
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_is_told_once_and_the_list_goes_on()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await NewAsync();
        await socket.SendAsync(new { type = "watch" }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        foreach (var id in new[] { 424242, 0, -1 })
        {
            await socket.SendAsync(new { type = "watch", conversation_id = id }, Cancel);
            Assert.Equal("not_found", (await socket.ReceiveFirstAsync(frame => frame.ContainsKey("status"), Cancel)).Text("code"));
        }

        var created = await NewAsync();
        await socket.ReceiveFirstAsync(frame => frame.Text("type") == "conversation" && frame["conversation"]!.AsObject().Number("id") == created, Cancel);
    }

    [Fact]
    public async Task The_list_is_told_what_is_new_renamed_growing_and_deleted()
    {
        await using var watcher = await Api.ConnectAsync(Cancel);
        await using var sender = await Api.ConnectAsync(Cancel);
        var list = await Api.CallAsync("GET", "/conversations", Cancel);
        var revision = long.Parse(list.Response.Headers.GetValues("X-Revision").Single(), CultureInfo.InvariantCulture);
        var before = await NewAsync();
        await watcher.SendAsync(new { type = "watch", revision }, Cancel);
        var replay = await watcher.ReceiveUntilAsync(frame => frame.Text("type") == "watching", Cancel);
        Assert.Contains(before, replay.SkipLast(1).Select(frame => frame["conversation"]!.AsObject().Number("id")));

        var begun = await sender.GrowAsync(Cancel);
        var id = begun.Number("conversation_id");
        await TellsAsync(conversation => conversation.Number("id") == id && (bool)conversation["growing"]! && conversation.Number("message_count") == 2);
        await Api.CallAsync("PUT", $"/conversations/{id}/title", Cancel, """{"title":"Renamed"}""");
        await TellsAsync(conversation => conversation.Text("title") == "Renamed");
        await sender.SendAsync(new { type = "stop", conversation_id = id }, Cancel);
        await TellsAsync(conversation => !(bool)conversation["growing"]! && conversation["last_message"]!.AsObject().Text("content")!.Length <= 256);
        await Api.CallAsync("DELETE", $"/conversations/{id}", Cancel);
        var deleted = await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "conversation_deleted", Cancel);
        Assert.Equal(id, deleted.Number("conversation_id"));

        async Task TellsAsync(Func<System.Text.Json.Nodes.JsonObject, bool> fits) => await watcher.ReceiveFirstAsync(
            frame => frame.Text("type") == "conversation" && fits(frame["conversation"]!.AsObject()), Cancel);
    }

    [Fact]
    public async Task What_was_missed_is_told_in_the_order_of_its_revisions()
    {
        var (deleted, renamed) = (await NewAsync(), await NewAsync());
        var list = await Api.CallAsync("GET", "/conversations", Cancel);
        var revision = long.Parse(list.Response.Headers.GetValues("X-Revision").Single(), CultureInfo.InvariantCulture);
        await Api.CallAsync("DELETE", $"/conversations/{deleted}", Cancel);
        await Api.CallAsync("PUT", $"/conversations/{renamed}/title", Cancel, """{"title":"Renamed later"}""");

        await using var watcher = await Api.ConnectAsync(Cancel);
        await watcher.SendAsync(new { type = "watch", revision }, Cancel);
        var missed = await watcher.ReceiveUntilAsync(frame => frame.Text("type") == "watching", Cancel);

        var revisions = missed.Select(frame => frame.Number("revision")).ToList();
        Assert.Contains("conversation_deleted", missed.Select(frame => frame.Text("type")));
        Assert.Contains("conversation", missed.Select(frame => frame.Text("type")));
        Assert.Equal(revisions.Order(), revisions);
    }

    [Fact]
    public async Task Who_watches_no_more_is_told_no_more()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var conversation = await NewAsync();
        await WatchAsync(socket, conversation);
        await socket.SendAsync(new { type = "unwatch", conversation_id = conversation }, Cancel);
        await socket.SendAsync(new { type = "ping" }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("type") == "pong", Cancel);

        await Api.CallAsync("PUT", $"/conversations/{conversation}/title", Cancel, """{"title":"Unseen"}""");
        await Api.CallAsync("POST", "/chat", Cancel, $$"""{"message":"Unseen","conversation_id":{{conversation}}}""");

        await socket.SendAsync(new { type = "ping" }, Cancel);
        Assert.Equal("pong", (await socket.ReceiveAsync(Cancel)).Text("type"));
    }

    private static async Task WatchAsync(TestSocket socket, long conversation, long? message = null, int offset = 0, bool read = true)
    {
        await socket.SendAsync(new { type = "watch", conversation_id = conversation, message_id = message, offset }, Cancel);
        if (read) await socket.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);
    }

    private async Task<long> NewAsync() => (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
}
