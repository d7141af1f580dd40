using System.Text.Json.Nodes;

namespace TahoChat.Tests.Chat;

/// <summary>Edits, other attempts, continuations, and which branch is shown.</summary>
public sealed class BranchTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task Two_edits_of_one_message_are_two_branches_that_both_tabs_see()
    {
        await using var one = await Api.ConnectAsync(Cancel);
        await using var two = await Api.ConnectAsync(Cancel);
        var first = (await one.TurnAsync(new { message = "Original" }, Cancel))[0];
        var (conversation, asked) = (first.Number("conversation_id"), first.Number("user_message_id"));
        await two.SendAsync(new { type = "watch", conversation_id = conversation, revision = first.Number("revision") }, Cancel);
        await two.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        var left = (await one.TurnAsync(Edit("Left [emulator echo=\"l\"]", "edit-left"), Cancel))[0];
        await two.SendAsync(Edit("Right [emulator echo=\"r\"]", "edit-right"), Cancel);
        var right = await two.ReceiveFirstAsync(frame => frame.Text("status") == "streaming" && frame.Text("client_message_id") == "edit-right", Cancel);
        await two.ReceiveFirstAsync(frame => frame.Text("status") == "complete" && frame.Number("message_id") == right.Number("message_id"), Cancel);
        var again = (await one.TurnAsync(Edit("Left [emulator echo=\"l\"]", "edit-left"), Cancel))[0];

        Assert.Equal(left.Number("message_id"), again.Number("message_id"));
        var shown = (await Api.ConversationAsync(conversation, Cancel)).Messages();
        Assert.Equal([right.Number("user_message_id"), right.Number("message_id")], shown.Select(message => message.Number("id")));
        Assert.Equal(
            [asked, left.Number("user_message_id"), right.Number("user_message_id")],
            shown[0]["sibling_ids"]!.AsArray().Select(id => (long)id!));
        Assert.Null(shown[1]["sibling_ids"]);
        Assert.Single(Api.Replies("Left"));

        object Edit(string message, string id) => new { type = "edit", conversation_id = conversation, message_id = asked, message, client_message_id = id };
    }

    [Fact]
    public async Task Selecting_a_message_shows_the_newest_path_through_it_in_every_tab()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        var first = (await socket.TurnAsync(new { message = "Root" }, Cancel))[0];
        var conversation = first.Number("conversation_id");
        var leaf = (await socket.TurnAsync(new { message = "Second", conversation_id = conversation }, Cancel))[0];
        await socket.TurnAsync(new { type = "regenerate", conversation_id = conversation, message_id = first.Number("message_id") }, Cancel);
        await watcher.SendAsync(new { type = "watch", conversation_id = conversation, revision = 0 }, Cancel);
        await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        await socket.SendAsync(new { type = "select", conversation_id = conversation, message_id = first.Number("message_id") }, Cancel);
        var told = await watcher.ReceiveFirstAsync(
            frame => frame["conversation"] is JsonObject row && row.Number("head_id") == leaf.Number("message_id"), Cancel);

        Assert.Equal(4, told["conversation"]!.AsObject().Number("message_count"));
        Assert.Equal(4, (await Api.ConversationAsync(conversation, Cancel)).Messages().Count);
        foreach (var (id, message) in new[] { (conversation, 424242L), (424242L, first.Number("message_id")) })
        {
            await socket.SendAsync(new { type = "select", conversation_id = id, message_id = message }, Cancel);
            Assert.Equal("not_found", (await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel)).Text("code"));
        }
    }

    [Fact]
    public async Task A_reply_that_was_broken_off_goes_on_with_what_was_kept()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var broken = await socket.TurnAsync(new { message = "Break off [emulator fault=reset after=5 reply=count:50]" }, Cancel);
        var (conversation, reply) = (broken[0].Number("conversation_id"), broken[0].Number("message_id"));
        Assert.Equal("interrupted", broken[^1].Text("message_status"));
        var command = new { type = "continue", conversation_id = conversation, message_id = reply, client_message_id = "continue-1" };

        var continued = await socket.TurnAsync(command, Cancel);
        var again = await socket.TurnAsync(command, Cancel);

        Assert.Equal(ApiCalls.Count(50), continued.Content());
        Assert.Equal(ApiCalls.Count(50), again.Content());
        Assert.Equal(continued[0].Number("message_id"), again[0].Number("message_id"));
        Assert.Equal(broken[0].Number("user_message_id"), continued[0].Number("user_message_id"));
        var shown = (await Api.ConversationAsync(conversation, Cancel)).Messages();
        Assert.Equal(ApiCalls.Count(50), shown[1].Text("content"));
        Assert.Equal([reply, continued[0].Number("message_id")], shown[1]["sibling_ids"]!.AsArray().Select(id => (long)id!));
        var asked = JsonNode.Parse(Api.Replies("where it broke off").Single().Body)!["messages"]!.AsArray().Select(message => (string?)message!["role"]);
        Assert.Equal(["user", "assistant", "user"], asked);
        Assert.Equal(2, Api.Replies("Break off").Count);
    }

    [Fact]
    public async Task What_is_finished_or_grows_cannot_be_continued()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var done = (await socket.TurnAsync(new { message = "Done" }, Cancel))[0];
        var failed = (await socket.TurnAsync(new { message = "Fails [emulator fault=401]" }, Cancel))[0];
        var growing = await socket.GrowAsync(Cancel);

        Assert.Equal("not_continuable", await CodeAsync(done, "message_id"));
        Assert.Equal("not_continuable", await CodeAsync(failed, "message_id"));
        Assert.Equal("not_continuable", await CodeAsync(done, "user_message_id"));
        Assert.Equal("still_growing", await CodeAsync(growing, "message_id"));
        await socket.SendAsync(new { type = "stop", conversation_id = growing.Number("conversation_id") }, Cancel);

        async Task<string?> CodeAsync(JsonObject turn, string which)
        {
            await socket.SendAsync(new { type = "continue", conversation_id = turn.Number("conversation_id"), message_id = turn.Number(which) }, Cancel);
            return (await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel)).Text("code");
        }
    }

    [Fact]
    public async Task A_growing_reply_marks_its_conversation_on_whichever_branch()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = (await socket.TurnAsync(new { message = "Calm" }, Cancel))[0];
        var conversation = first.Number("conversation_id");
        await socket.SendAsync(new { type = "edit", conversation_id = conversation, message_id = first.Number("user_message_id"), message = ApiCalls.Endless }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("text") is { Length: > 0 }, Cancel);

        await socket.SendAsync(new { type = "select", conversation_id = conversation, message_id = first.Number("message_id") }, Cancel);

        await ApiCalls.UntilAsync(
            async () => (await Api.CallAsync("GET", "/conversations?limit=100", Cancel)).List.Single(row => row.Number("id") == conversation),
            row => row.Number("head_id") == first.Number("message_id") && (bool)row["growing"]!, Cancel);
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "stopped", Cancel);
    }

    [Fact]
    public async Task An_edit_needs_a_message_of_the_users_and_words()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var turn = (await socket.TurnAsync(new { message = "Mine" }, Cancel))[0];

        Assert.Equal("not_found", await CodeAsync(turn.Number("message_id"), "Not mine"));
        Assert.Equal("not_found", await CodeAsync(424242, "Nobody's"));
        Assert.Equal("empty_message", await CodeAsync(turn.Number("user_message_id"), " "));

        async Task<string?> CodeAsync(long id, string message)
        {
            await socket.SendAsync(new { type = "edit", conversation_id = turn.Number("conversation_id"), message_id = id, message }, Cancel);
            return (await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel)).Text("code");
        }
    }
}
