using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Tests.Search;

namespace TahoChat.Tests.Conversations;

/// <summary>What keeps many conversations in order: pins, the archive, tags, and a list by cursor.</summary>
public sealed class OrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_are_pinned_archived_and_tagged_and_the_list_asked_for_each()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add((await api.CallAsync("POST", "/conversations", Cancel, $$"""{"title":"Number {{i}}"}""")).Json.Number("id"));
        await using var watcher = await api.ConnectAsync(Cancel);
        await watcher.SendAsync(new { type = "watch", revision = (await api.ConversationAsync(ids[3], Cancel)).Number("revision") }, Cancel);
        await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        var pinned = await ChangeAsync(api, ids[0], new { pinned = true, tags = new[] { " Sea ", "Zeit", "SEA" } });
        Assert.Equal((true, null, """["Sea","Zeit"]"""), ((bool?)pinned["pinned"], (bool?)pinned["archived"], pinned["tags"]!.ToJsonString()));
        var told = (await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "conversation", Cancel))["conversation"]!.AsObject();
        Assert.Equal((ids[0], true, """["Sea","Zeit"]"""), (told.Number("id"), (bool?)told["pinned"], told["tags"]!.ToJsonString()));
        await ChangeAsync(api, ids[1], new { archived = true, tags = new[] { "sea" } });
        await ChangeAsync(api, ids[2], new { archived = true, pinned = true });
        await ChangeAsync(api, ids[3], new { tags = new[] { "sea", "Éclair 🌊" } });

        Assert.Equal([ids[3], ids[0]], await IdsAsync(api, "limit=100"));
        Assert.Equal([ids[2], ids[1]], await IdsAsync(api, "archived=true"));
        Assert.Equal([ids[0]], await IdsAsync(api, "pinned=true"));
        Assert.Equal([ids[3]], await IdsAsync(api, "pinned=false"));
        Assert.Equal([ids[2]], await IdsAsync(api, "pinned=true&archived=true"));
        Assert.Equal([ids[3], ids[0]], await IdsAsync(api, "tag=sEA"));
        Assert.Equal([ids[1]], await IdsAsync(api, "tag=sea&archived=true"));
        Assert.Equal([ids[3]], await IdsAsync(api, "tag=" + Uri.EscapeDataString("ÉCLAIR 🌊")));
        Assert.Equal([ids[0]], await IdsAsync(api, "tag=sea&title=number%200"));
        Assert.Equal([ids[2]], await IdsAsync(api, "archived=true&title=2"));
        Assert.Equal(
            """[{"name":"Sea","count":2,"archived":1},{"name":"Zeit","count":1,"archived":0},{"name":"Éclair 🌊","count":1,"archived":0}]""",
            JsonNode.Parse((await api.CallAsync("GET", "/tags", Cancel)).Text)!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
                .Replace("\\uD83C\\uDF0A", "🌊", StringComparison.Ordinal));
        Assert.Equal(4, (await api.CallAsync("GET", "/history?limit=100", Cancel)).List.Count);

        // Nothing said changes nothing; null and false take it back.
        var revision = (await api.ConversationAsync(ids[0], Cancel)).Number("revision");
        Assert.Equal(revision, (await ChangeAsync(api, ids[0], new { pinned = true, tags = new[] { "Zeit", "Sea" } })).Number("revision"));
        var bare = await ChangeAsync(api, ids[0], new { pinned = (bool?)null, tags = (string[]?)null });
        Assert.Empty(bare.Select(property => property.Key).Intersect(["pinned", "archived", "tags"]));
        Assert.Equal([ids[2], ids[3], ids[0]], [.. await IdsAsync(api, "archived=true&pinned=true"), .. await IdsAsync(api, "")]);
    }

    [Fact]
    public async Task A_new_message_brings_an_archived_conversation_back()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"One\" first=0]" }, Cancel);
        var id = turn[0].Number("conversation_id");
        await ChangeAsync(api, id, new { archived = true, pinned = true });
        Assert.Empty(await IdsAsync(api, ""));

        await socket.TurnAsync(new { type = "regenerate", conversation_id = id, message_id = turn[0].Number("message_id") }, Cancel);

        Assert.Equal([id], await IdsAsync(api, "pinned=true"));
        Assert.Null((await api.ConversationAsync(id, Cancel))["archived"]);
        await ChangeAsync(api, id, new { archived = true });
        await api.CallAsync("POST", "/chat", Cancel, $$"""{"message":"More [emulator echo=\"Two\" first=0]","conversation_id":{{id}}}""");
        Assert.Empty(await IdsAsync(api, "archived=true"));
    }

    [Fact]
    public async Task Tags_and_cursors_that_make_no_sense_are_refused()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var id = (await api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        string[] most = [.. Enumerable.Range(0, 16).Select(number => $"{number}".PadLeft(32, 'x'))];
        Assert.Equal(16, (await ChangeAsync(api, id, new { tags = most }))["tags"]!.AsArray().Count);

        foreach (var tags in new string?[][] { [.. most, "one more"], [new string('x', 33)], [""], [" "], ["a\nb"], [null] })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PatchAsync(api, id, new { tags })).Status);
        foreach (var query in new[] { "cursor=x", "cursor=%3F", "cursor=MS4x.", "cursor=LTEuMQ", "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5LjE", "cursor=&offset=1", "archived=maybe", "pinned=2" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.CallAsync("GET", $"/conversations?{query}", Cancel)).Status);
        Assert.Equal(16, (await api.ConversationAsync(id, Cancel))["tags"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_walk_by_cursor_has_every_page_of_what_was_asked_for()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            ids.Insert(0, (await api.CallAsync("POST", "/conversations", Cancel, $$"""{"title":"Page {{i}}"}""")).Json.Number("id"));
            if (i % 2 == 0) await ChangeAsync(api, ids[0], new { tags = new[] { "even" } });
        }

        Assert.Equal(ids, await WalkAsync(""));
        Assert.Equal(ids.Where((_, index) => index % 2 == 0), await WalkAsync("&tag=even"));
        Assert.Equal(ids, await WalkAsync("&title=page"));
        Assert.Equal([ids[3]], await WalkAsync("&title=3"));
        // As an import leaves them: of one time, where the later one comes first.
        api.Change("UPDATE conversations SET updated_at = '2026-01-01 00:00:00'");
        Assert.Equal(ids, await WalkAsync(""));
        Assert.Equal(ids.Where((_, index) => index % 2 == 0), await WalkAsync("&tag=even"));
        Assert.Equal(ids, await WalkAsync("&title=page"));
        foreach (var id in ids.Take(5)) await ChangeAsync(api, id, new { pinned = true });
        Assert.Equal(ids.Take(5), await WalkAsync("&pinned=true"));
        Assert.Equal([ids[0], ids[2], ids[4]], await WalkAsync("&pinned=true&tag=even"));
        Assert.Equal([ids[1]], await IdsAsync(api, "pinned=true&limit=1&offset=1"));

        async Task<List<long>> WalkAsync(string query)
        {
            var seen = new List<long>();
            for (var cursor = ""; ;)
            {
                var page = await api.CallAsync("GET", $"/conversations?limit=2&cursor={cursor}{query}", Cancel);
                seen.AddRange(page.List.Select(item => item.Number("id")));
                if (!page.Response.Headers.TryGetValues("X-Next-Cursor", out var next)) return seen;
                cursor = next.Single();
            }
        }
    }

    [Fact]
    public async Task Every_page_is_read_off_an_index_in_its_order()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var scope = api.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var all = new ListFilter("local", Archived: false, Pinned: null, Tag: null, Title: null);
        var after = new PageCursor(DateTime.UtcNow, 100);

        foreach (var (filter, cursor) in new (ListFilter, PageCursor?)[] { (all, null), (all, after), (all with { Pinned = false }, after), (all with { Tag = "sea" }, after) })
        {
            var plan = await PlanAsync(context, context.Listed(filter, cursor).Take(50));
            Assert.Contains(plan, step => step.Contains("USING INDEX IX_conversations_owner_id_updated_at_id (owner_id=?" + (cursor is null ? ")" : " AND updated_at<?)"), StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal) || step.StartsWith("SCAN", StringComparison.Ordinal));
        }

        Assert.StartsWith(
            "SEARCH c USING INDEX IX_conversations_owner_id_pinned_at (owner_id=?",
            (await PlanAsync(context, context.Passed(all with { Pinned = true })))[0], StringComparison.Ordinal);
    }

    private static async Task<List<string>> PlanAsync(ChatDbContext context, IQueryable<Conversation> query)
    {
        await context.Database.OpenConnectionAsync(Cancel);
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var steps = new List<string>();
        while (await rows.ReadAsync(Cancel)) steps.Add(rows.GetString(3));
        return steps;
    }

    private static async Task<JsonObject> ChangeAsync(TestApi api, long id, object change)
    {
        var answer = await PatchAsync(api, id, change);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json;
    }

    private static Task<RestAnswer> PatchAsync(TestApi api, long id, object change) =>
        api.CallAsync("PATCH", $"/conversations/{id}", Cancel, JsonSerializer.Serialize(change));

    private static async Task<List<long>> IdsAsync(TestApi api, string query) =>
        [.. (await api.CallAsync("GET", "/conversations?" + query, Cancel)).List.Select(item => item.Number("id"))];
}
