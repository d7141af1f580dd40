using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TahoChat.Tests.Attachments;
using TahoChat.Tests.Data;

namespace TahoChat.Tests.Trash;

/// <summary>What is deleted goes to the trash, looks like nothing from everywhere else, and comes back as it was.</summary>
public sealed class TrashTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_in_the_trash_looks_like_none_and_comes_back_as_it_was()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var file = await Api.AttachAsync(SampleFiles.Text("tides"), "tides.txt", Cancel);
        var turn = await socket.TurnAsync(
            new { message = "[emulator echo=\"Here\" first=0]", attachment_ids = new[] { file }, client_message_id = "trash-1" }, Cancel);
        var (id, asked, reply) = (turn[0].Number("conversation_id"), turn[0].Number("user_message_id"), turn[0].Number("message_id"));
        await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, """{"pinned":true,"tags":["Sea"]}""");
        await Api.CallAsync("PUT", $"/conversations/{id}/title", Cancel, """{"title":"The tides"}""");
        var before = await Api.ConversationAsync(id, Cancel);
        var stats = (await Api.CallAsync("GET", "/stats", Cancel)).Json;

        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/conversations/{id}", Cancel)).Status);

        foreach (var (method, path, body) in new[]
        {
            ("DELETE", $"/conversations/{id}", null),
            ("GET", $"/conversations/{id}", null),
            ("GET", $"/conversations/{id}?limit=5", null),
            ("GET", $"/conversations/{id}/messages?before={reply}", null),
            ("GET", $"/conversations/{id}/find?q=tides", null),
            ("PUT", $"/conversations/{id}/title", """{"title":"Other"}"""),
            ("PATCH", $"/conversations/{id}", """{"pinned":false}"""),
            ("POST", "/chat", $$"""{"message":"More","conversation_id":{{id}}}"""),
            ("GET", $"/attachments/{file}", null),
            ("GET", $"/attachments/{file}/content", null),
            ("DELETE", $"/attachments/{file}", null),
            ("POST", "/chat", $$"""{"message":"With it","attachment_ids":[{{file}}]}"""),
        })
        {
            var answer = await Api.CallAsync(method, path, Cancel, body);
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        }

        foreach (var (frame, code) in new (object, string)[]
        {
            (new { message = "More", conversation_id = id }, "not_found"),
            (new { message = "[emulator echo=\"Here\" first=0]", attachment_ids = new[] { file }, client_message_id = "trash-1" }, "gone"),
            (new { type = "edit", conversation_id = id, message_id = asked, message = "Other" }, "not_found"),
            (new { type = "regenerate", conversation_id = id, message_id = reply }, "not_found"),
            (new { type = "continue", conversation_id = id, message_id = reply }, "not_found"),
            (new { type = "select", conversation_id = id, message_id = reply }, "not_found"),
            (new { type = "remove", conversation_id = id, message_id = asked }, "not_queued"),
            (new { type = "resume", conversation_id = id }, "not_queued"),
            (new { type = "stop", conversation_id = id }, "not_growing"),
        })
        {
            Assert.Equal(code, (await socket.TurnAsync(frame, Cancel))[^1].Text("code"));
        }

        await socket.SendAsync(new { type = "watch", conversation_id = id, revision = before.Number("revision") }, Cancel);
        Assert.Equal("conversation_deleted", (await socket.ReceiveAsync(Cancel)).Text("type"));
        foreach (var path in new[] { "/conversations?limit=100", "/conversations?limit=100&pinned=true", "/conversations?tag=sea", "/conversations?title=tides", "/history?limit=100" })
            Assert.DoesNotContain((await Api.CallAsync("GET", path, Cancel)).List, item => item.Number("id") == id);
        Assert.DoesNotContain((await Api.CallAsync("GET", "/tags", Cancel)).List, tag => tag.Text("name") == "Sea");
        Assert.Equal(stats.Number("total_messages") - 2, (await Api.CallAsync("GET", "/stats", Cancel)).Json.Number("total_messages"));

        var item = (await TrashAsync(id))!;
        Assert.Equal(("The tides", 2L), (item.Text("title"), item.Number("message_count")));
        Assert.Equal(TimeSpan.FromDays(30), (DateTime)item["gone_at"]! - (DateTime)item["deleted_at"]!);

        var restored = await Api.CallAsync("POST", $"/trash/{id}/restore", Cancel);
        Assert.Equal((HttpStatusCode.OK, "The tides", true), (restored.Status, restored.Json.Text("title"), (bool)restored.Json["pinned"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("POST", $"/trash/{id}/restore", Cancel)).Status);
        Assert.Null(await TrashAsync(id));
        Assert.Equal(Unrevised(before), Unrevised(await Api.ConversationAsync(id, Cancel)));
        Assert.Equal("tides", (await Api.CallAsync("GET", $"/attachments/{file}/content", Cancel)).Text);
        var again = await socket.TurnAsync(
            new { message = "[emulator echo=\"Here\" first=0]", attachment_ids = new[] { file }, client_message_id = "trash-1" }, Cancel);
        Assert.Equal(reply, again[0].Number("message_id"));
    }

    [Fact]
    public async Task What_grows_and_waits_is_stopped_with_its_text_when_its_conversation_goes_to_the_trash()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel, prompt: $"Trashed while growing {ApiCalls.Endless}");
        var (id, growing) = (begun.Number("conversation_id"), begun.Number("message_id"));
        await socket.SendAsync(new { message = "Waits, trashed", conversation_id = id }, Cancel);
        var queued = (await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel)).Number("message_id");

        await Api.CallAsync("DELETE", $"/conversations/{id}", Cancel);
        // Undo may come while the end is being saved; what was asked to end does.
        var ends = new[] { (await socket.ReceiveTurnAsync(Cancel))[^1], (await socket.ReceiveTurnAsync(Cancel))[^1] };
        Assert.Equal([growing, queued], ends.Select(end => end.Number("message_id")).Order());
        Assert.All(ends, end => Assert.Equal(("not_found", "stopped"), (end.Text("code"), end.Text("message_status"))));
        Assert.Equal(HttpStatusCode.OK, (await Api.CallAsync("POST", $"/trash/{id}/restore", Cancel)).Status);

        var messages = (await Api.ConversationAsync(id, Cancel)).Messages();
        Assert.Equal(["complete", "stopped", "complete", "stopped"], messages.Select(message => message.Text("status")));
        Assert.StartsWith("1 2", messages[1].Text("content"), StringComparison.Ordinal);
        Assert.NotNull(messages[1]["timing"]);
        await ApiCalls.UntilAsync(() => Task.FromResult(Api.Replies("Trashed while growing").Single()), request => request.CancelSeen, Cancel);
        Assert.Empty(Api.Replies("Waits, trashed"));
        var more = await socket.TurnAsync(new { message = "Go on [emulator echo=\"On\" first=0]", conversation_id = id }, Cancel);
        Assert.Equal("complete", more[^1].Text("status"));
    }

    [Fact]
    public async Task A_server_that_died_between_the_two_leaves_nothing_growing_in_the_trash()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-trash-").FullName;
        try
        {
            long id;
            await using (var first = await TestApi.StartAsync(Cancel, folder: folder))
            {
                await using var socket = await first.ConnectAsync(Cancel);
                id = (await socket.GrowAsync(Cancel)).Number("conversation_id");
                await socket.SendAsync(new { message = "Waits", conversation_id = id }, Cancel);
                await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);
                await socket.SendAsync(new { type = "stop", conversation_id = id }, Cancel);
                await socket.ReceiveTurnAsync(Cancel);
            }

            // As a kill right behind the commit of the move leaves it.
            await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "chat.db")};Pooling=False"))
            {
                await connection.OpenAsync(Cancel);
                await using var command = connection.CreateCommand();
                command.CommandText = "UPDATE conversations SET deleted_at = updated_at; UPDATE messages SET status = 'streaming', finish_reason = NULL WHERE status = 'stopped'";
                await command.ExecuteNonQueryAsync(Cancel);
            }

            await using var second = await TestApi.StartAsync(Cancel, folder: folder);
            Assert.Equal(
                ["complete", "interrupted", "complete", "stopped"],
                DatabaseRows.Read(Path.Combine(folder, "chat.db"))["messages"].OrderBy(row => long.Parse(row.Key, System.Globalization.CultureInfo.InvariantCulture)).Select(row => row.Value["status"]));
            await second.CallAsync("POST", $"/trash/{id}/restore", Cancel);
            Assert.Equal("stopped", (await second.ConversationAsync(id, Cancel)).Messages()[^1].Text("status"));
            Assert.Empty(second.Replies());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Who_watches_the_list_is_told_of_the_way_to_the_trash_and_back_in_order()
    {
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, """{"title":"There and back"}""")).Json.Number("id");
        var gone = (await Api.CallAsync("POST", "/conversations", Cancel, """{"title":"There"}""")).Json.Number("id");
        var revision = long.Parse(
            (await Api.CallAsync("GET", "/conversations", Cancel)).Response.Headers.GetValues("X-Revision").Single(), System.Globalization.CultureInfo.InvariantCulture);
        await using var watcher = await Api.ConnectAsync(Cancel);
        await watcher.SendAsync(new { type = "watch", revision }, Cancel);
        await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        await Api.CallAsync("DELETE", $"/conversations/{id}", Cancel);
        var deleted = await ToldAsync(id);
        await Api.CallAsync("POST", $"/trash/{id}/restore", Cancel);
        var restored = await ToldAsync(id);
        await Api.CallAsync("DELETE", $"/conversations/{gone}", Cancel);
        var trashed = await ToldAsync(gone);
        await Api.CallAsync("DELETE", $"/trash/{gone}", Cancel);
        var purged = await ToldAsync(gone);

        Assert.Equal(
            ["conversation_deleted", "conversation", "conversation_deleted", "conversation_deleted"],
            new[] { deleted, restored, trashed, purged }.Select(frame => frame.Text("type")));
        var revisions = new[] { deleted, restored, trashed, purged }.Select(frame => frame.Number("revision")).ToList();
        Assert.Equal(revisions.Distinct().Order(), revisions);
        // Who was away meanwhile is told how it ended.
        await using var late = await Api.ConnectAsync(Cancel);
        await late.SendAsync(new { type = "watch", revision }, Cancel);
        var missed = await late.ReceiveUntilAsync(frame => frame.Text("type") == "watching", Cancel);
        Assert.Contains(missed, frame => frame.Text("type") == "conversation" && frame["conversation"]!.AsObject().Number("id") == id);
        Assert.Contains(missed, frame => frame.Text("type") == "conversation_deleted" && frame.Number("conversation_id") == gone);

        Task<JsonObject> ToldAsync(long conversation) => watcher.ReceiveFirstAsync(
            frame => (frame["conversation"]?.AsObject().Number("id") ?? frame.Number("conversation_id")) == conversation, Cancel);
    }

    private async Task<JsonObject?> TrashAsync(long id) =>
        (await Api.CallAsync("GET", "/trash?limit=100", Cancel)).List.SingleOrDefault(item => item.Number("id") == id);

    private static string Unrevised(JsonObject conversation)
    {
        conversation.Remove("revision");
        return conversation.ToJsonString();
    }
}
