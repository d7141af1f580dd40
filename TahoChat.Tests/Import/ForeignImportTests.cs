using System.Text.Json;
using System.Text.Json.Nodes;
using TahoChat.Tests.Attachments;
using TahoChat.Tests.Search;

namespace TahoChat.Tests.Import;

/// <summary>What other programs export comes in with its dates, its order and its branches. The fixtures are written by hand after the formats
/// as those programs' own sources have them.</summary>
public sealed class ForeignImportTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_zip_of_ChatGPT_comes_with_branches_thoughts_calls_and_pictures()
    {
        var zip = ImportCalls.Zip(
            ("conversations.json", ImportCalls.Fixture("chatgpt.json")), ("chat.html", "<html>"u8.ToArray()), ("file-Moon1-moon.png", SampleFiles.Png()));
        var job = await Api.ImportAsync(zip, Cancel);

        Assert.Equal(("done", "chatgpt", 2L, 2L), (job.Text("state"), job.Text("format"), job.Number("total"), job.Number("imported")));
        var tides = await FindAsync("Tides and moons");
        Assert.Equal("2023-11-14T22:13:20.5Z", tides.Text("created_at"));
        Assert.Equal("2023-11-14T22:23:20.25Z", tides.Text("updated_at"));
        var shown = tides.Messages();
        Assert.Equal(["user|Why are there tides? \uFFFD", "assistant|It is the moon's gravity."], shown.ConvertAll(Said));
        Assert.Equal("2023-11-14T22:13:21.123456Z", shown[0].Text("created_at"));
        Assert.Equal(("image/png", "file-Moon1-moon.png"), (shown[0]["attachments"]![0]!["media_type"]!.ToString(), shown[0]["attachments"]![0]!["name"]!.ToString()));
        Assert.Equal("gpt-4o", shown[1].Text("model"));

        // The other branch, as a person chooses it.
        var siblings = shown[1]["sibling_ids"]!.AsArray().Select(id => (long)id!).ToList();
        Assert.Equal(2, siblings.Count);
        var branch = await SelectAsync(tides.Number("id"), siblings[0]);
        Assert.Equal(["user|Why are there tides? \uFFFD", "assistant|Because of the **moon**.", "user|Thanks!"], branch.ConvertAll(Said));
        Assert.Equal(("**The moon**\nIt pulls.", "gpt-5-thinking"), (branch[1].Text("reasoning"), branch[1].Text("model")));
        var call = branch[1]["tool_calls"]!.AsArray().Single()!.AsObject();
        Assert.Equal(("python", "print(6 * 7)", "42"), (call.Text("name"), call.Text("arguments"), call.Text("result")));

        Assert.Equal(["user|A question without an answer"], (await FindAsync("A question without an answer")).Messages().ConvertAll(Said));

        // What a person changed here is theirs.
        var again = await Api.ImportAsync(zip, Cancel);
        Assert.Equal((0L, 1L, 1L), (again.Number("imported"), again.Number("unchanged"), again.Number("changed_since")));
        Assert.Equal("""[{"title":"Tides and moons","reason":"changed"}]""", again["left_alone"]!.ToJsonString());
    }

    [Fact]
    public async Task A_chat_of_Open_WebUI_comes_with_branches_reasoning_calls_tags_and_pictures()
    {
        var job = await Api.ImportAsync(ImportCalls.Fixture("open-webui.json"), Cancel);

        Assert.Equal(("open_webui", 1L), (job.Text("format"), job.Number("imported")));
        var chat = await FindAsync("Arithmetic");
        Assert.Equal(("You like numbers.", "2024-03-09T16:00:20Z"), (chat.Text("system_prompt"), chat.Text("updated_at")));
        var shown = chat.Messages();
        Assert.Equal(["user|[gone.pdf]\n\nWhat is 15 * 17?", "assistant|Still 255."], shown.ConvertAll(Said));
        Assert.Equal("dot.gif", shown[0]["attachments"]!.AsArray().Single()!["name"]!.ToString());
        Assert.Equal("Use the tool.", shown[1].Text("reasoning"));
        Assert.Equal(("multiply", "255"), (shown[1]["tool_calls"]![0]!["name"]!.ToString(), shown[1]["tool_calls"]![0]!["result"]!.ToString()));
        var other = await SelectAsync(chat.Number("id"), (long)shown[1]["sibling_ids"]![0]!);
        Assert.Equal(("It is 255.", "15 * 17 < 300\nso 255"), (other[1].Text("content"), other[1].Text("reasoning")));
        var exported = JsonNode.Parse(await Api.Http.GetStringAsync(new Uri($"/conversations/{chat.Number("id")}/export?format=json", UriKind.Relative), Cancel))!["conversation"]!;
        Assert.Equal("""["maths","School"]""", exported["tags"]!.ToJsonString());
        Assert.NotNull(exported["archived_at"]);
        Assert.NotNull(exported["pinned_at"]);
    }

    [Theory]
    [InlineData("librechat.json", "A long story", "user|Tell me a story", "assistant|There was a sailor.")]
    [InlineData("librechat-recursive.json", "One in the other", "user|First", "assistant|Another way", "user|Go on")]
    public async Task A_conversation_of_LibreChat_comes_as_a_list_and_as_a_tree(string file, string title, params string[] said)
    {
        var job = await Api.ImportAsync(ImportCalls.Fixture(file), Cancel);

        Assert.Equal(("librechat", 1L), (job.Text("format"), job.Number("imported")));
        var conversation = await FindAsync(title);
        Assert.Equal(said, conversation.Messages().ConvertAll(Said));
        Assert.Equal(2, conversation.Messages()[1]["sibling_ids"]!.AsArray().Count);
        Assert.Equal(1, (await Api.ImportAsync(ImportCalls.Fixture(file), Cancel)).Number("unchanged"));
        if (file != "librechat.json") return;
        Assert.Equal(("A tale of the sea.", "Tell it well."), (conversation.Messages()[1].Text("reasoning"), conversation.Text("system_prompt")));
        var broken = await SelectAsync(conversation.Number("id"), (long)conversation.Messages()[1]["sibling_ids"]![0]!);
        Assert.Equal(("interrupted", "2024-05-28T18:08:56Z"), (broken[1].Text("status"), broken[1].Text("created_at")));
    }

    [Fact]
    public async Task What_no_parent_lists_comes_all_the_same_and_what_is_too_long_or_too_many_is_made_to_fit()
    {
        object Node(string? parent, string role, string text, params string[] children) => new
        {
            parent,
            children,
            message = new { author = new { role }, content = new { content_type = "text", parts = new[] { text } }, create_time = 1710000000 },
        };
        var prompt = new string('p', 13 * 1024);
        var export = new object[]
        {
            new { conversation_id = "unlisted", title = "Unlisted", mapping = new { a = Node(null, "user", "Begun"), b = Node("a", "assistant", "Not listed"), c = Node("b", "user", "Nor this") } },
            new { conversation_id = "told", title = "Told", mapping = new { s = Node(null, "system", prompt, "u"), u = Node("s", "user", "A question") } },
        };
        var tags = Enumerable.Range(10, 20).Select(number => $"{number} {new string('t', 40)}").Append("two\nlines").Reverse();
        await Api.ImportAsync(JsonSerializer.SerializeToUtf8Bytes(export), Cancel);
        await Api.ImportAsync(JsonSerializer.SerializeToUtf8Bytes(new { id = "tags", title = "Many tags", meta = new { tags }, chat = new { history = new { messages = new { } } } }), Cancel);

        Assert.Equal(["user|Begun", "assistant|Not listed", "user|Nor this"], (await FindAsync("Unlisted")).Messages().ConvertAll(Said));
        var told = await FindAsync("Told");
        Assert.Equal([$"system|{prompt}", "user|A question"], told.Messages().ConvertAll(Said));
        Assert.Null(told.Text("system_prompt"));
        var kept = (await FindAsync("Many tags"))["tags"]!.AsArray().Select(tag => tag!.ToString()).ToList();
        Assert.Equal(16, kept.Count);
        Assert.All(kept, tag => Assert.InRange(tag.Length, 1, 32));
        Assert.Contains("two lines", kept);
    }

    [Fact]
    public async Task What_came_in_is_found_by_its_words_and_by_its_title()
    {
        var messages = Enumerable.Range(0, 150).Select(number => new { messageId = $"s{number}", parentMessageId = number == 0 ? null : $"s{number - 1}", isCreatedByUser = number % 2 == 0, text = $"wombat {number}", createdAt = "2024-06-01T10:00:00Z" });
        await Api.ImportAsync(JsonSerializer.SerializeToUtf8Bytes(new { conversationId = "found", title = "Kookaburra", messages }), Cancel);
        await Api.IndexedAsync(Cancel);

        Assert.Equal(100, (await Api.FoundAsync("wombat", Cancel)).Count);
        Assert.Equal("Kookaburra", (await Api.SearchAsync("kookaburra", Cancel)).Hits().First(hit => hit["message_id"] is null).Text("title"));

        // One that is indexed while it comes in is nobody's until all of it is there.
        Api.Change("UPDATE conversations SET title = 'Lyrebird', owner_id = 'importing' WHERE title = 'Kookaburra'");
        await Api.IndexedAsync(Cancel);
        Assert.Empty((await Api.SearchAsync("lyrebird", Cancel)).Hits());
        Api.Change("UPDATE conversations SET owner_id = 'local' WHERE title = 'Lyrebird'");
        await Api.IndexedAsync(Cancel);
        Assert.Equal("Lyrebird", (await Api.SearchAsync("lyrebird", Cancel)).Hits().Single(hit => hit["message_id"] is null).Text("title"));
    }

    [Fact]
    public async Task A_recursive_export_of_a_thousand_messages_in_one_another_comes_whole()
    {
        var json = new System.Text.StringBuilder("""{"conversationId":"deep","title":"Deep","recursive":true,"messages":[""");
        for (var i = 0; i < 1000; i++)
            json.Append($$"""{"messageId":"d{{i}}","isCreatedByUser":{{(i % 2 == 0 ? "true" : "false")}},"text":"number {{i}}","createdAt":"2024-06-01T10:00:00Z","children":[""");
        for (var i = 0; i < 1000; i++) json.Append("]}");
        json.Append("]}");

        await Api.ImportAsync(ImportCalls.Utf8(json.ToString()), Cancel);

        var messages = (await FindAsync("Deep")).Messages();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"number {i}"), messages.Select(message => message.Text("content")));
    }

    [Fact]
    public async Task Who_watches_the_list_learns_of_what_came_in_and_what_is_in_the_trash_is_left_there()
    {
        var item = new { conversationId = "watched", title = "Watched", messages = new[] { new { messageId = "w1", isCreatedByUser = true, text = "hello", createdAt = "2024-06-01T10:00:00Z" } } };
        var file = JsonSerializer.SerializeToUtf8Bytes(item);
        await using var socket = await Api.ConnectAsync(Cancel);
        var revision = long.Parse((await Api.CallAsync("GET", "/conversations", Cancel)).Response.Headers.GetValues("X-Revision").Single(), System.Globalization.CultureInfo.InvariantCulture);
        await socket.SendAsync(new { type = "watch", revision }, Cancel);

        await Api.ImportAsync(file, Cancel);

        var told = await socket.ReceiveFirstAsync(frame => frame["conversation"]?["title"]?.ToString() == "Watched", Cancel);
        var id = told["conversation"]!.AsObject().Number("id");
        Assert.Equal(1, told["conversation"]!.AsObject().Number("message_count"));
        await Api.TrashAsync(id, Cancel);
        var again = await Api.ImportAsync(file, Cancel);
        Assert.Equal((0L, 1L), (again.Number("imported"), again.Number("in_trash")));
    }

    private static string Said(JsonObject message) => $"{message.Text("role")}|{message.Text("content")}";

    private async Task<JsonObject> FindAsync(string title) =>
        await Api.ConversationAsync(await Api.IdOfAsync(conversation => conversation.Title == title, Cancel), Cancel);

    /// <summary>The path that is shown when a branch was chosen.</summary>
    private async Task<List<JsonObject>> SelectAsync(long conversation, long message)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await socket.SendAsync(new { type = "select", conversation_id = conversation, message_id = message }, Cancel);
        return await ApiCalls.UntilAsync(
            async () => (await Api.ConversationAsync(conversation, Cancel)).Messages(), shown => shown.Exists(item => item.Number("id") == message), Cancel);
    }
}
