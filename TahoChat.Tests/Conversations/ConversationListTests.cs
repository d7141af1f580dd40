using System.Globalization;
using System.Net;

namespace TahoChat.Tests.Conversations;

/// <summary>The list, the history and the numbers, on a database of their own.</summary>
public sealed class ConversationListTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_the_last_activity_first_and_pages()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var ids = new List<long>();
        for (var i = 0; i < 12; i++) ids.Add((await api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id"));
        await using var socket = await api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "Wake up", conversation_id = ids[3] }, Cancel);
        List<long> expected = [ids[3], .. Enumerable.Reverse(ids).Where(id => id != ids[3])];

        var page = await api.CallAsync("GET", "/conversations", Cancel);
        var rest = await api.CallAsync("GET", "/conversations?limit=100&offset=10", Cancel);
        var beyond = await api.CallAsync("GET", "/conversations?offset=1000", Cancel);

        Assert.Equal(expected.Take(10), page.List.Select(item => item.Number("id")));
        Assert.Equal(expected.Skip(10), rest.List.Select(item => item.Number("id")));
        Assert.Equal("[]", beyond.Text);
        var revision = long.Parse(page.Response.Headers.GetValues("X-Revision").Single(), CultureInfo.InvariantCulture);
        // It is read before the list: a title that is saved in between is in the list and comes again by the watch.
        Assert.True(revision >= turn[^1].Number("revision"));
    }

    [Fact]
    public async Task The_list_can_be_asked_for_the_titles_that_hold_a_text_in_any_case_of_any_script()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        foreach (var title in new[] { "Tides and moons", "ÜBER die Gezeiten", "Приливы", "100 % tides_", "潮汐", "Über den Mond" })
            await api.CallAsync("POST", "/conversations", Cancel, $$"""{"title":"{{title}}"}""");

        async Task<string?[]> TitlesAsync(string query) =>
            [.. (await api.CallAsync("GET", "/conversations?" + query, Cancel)).List.Select(item => item.Text("title"))];

        Assert.Equal(["100 % tides_", "Tides and moons"], await TitlesAsync("title=TIDES"));
        Assert.Equal(["Über den Mond", "ÜBER die Gezeiten"], await TitlesAsync("title=%C3%BCber"));
        Assert.Equal(["ÜBER die Gezeiten"], await TitlesAsync("title=%C3%BCber&limit=1&offset=1"));
        Assert.Equal(["Приливы"], await TitlesAsync("title=" + Uri.EscapeDataString("ПРИ")));
        Assert.Equal(["潮汐"], await TitlesAsync("title=" + Uri.EscapeDataString(" 潮 ")));
        // Signs that SQL has for "anything" are themselves.
        Assert.Equal(["100 % tides_"], await TitlesAsync("title=%25"));
        Assert.Equal(["100 % tides_"], await TitlesAsync("title=_"));
        Assert.Empty(await TitlesAsync("title=nothing"));
        Assert.Equal(6, (await TitlesAsync("title=%20")).Length);
    }

    [Fact]
    public async Task An_item_of_the_list_tells_the_path_that_the_conversation_shows()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var empty = (await api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        var first = await socket.TurnAsync(new { message = "One [emulator echo=\"first\"]" }, Cancel);
        var id = first[0].Number("conversation_id");
        await socket.TurnAsync(new { message = "Two", conversation_id = id }, Cancel);
        await socket.TurnAsync(
            new { message = "Two, again [emulator echo=\"branch\"]", conversation_id = id, parent_id = first[0].Number("message_id") }, Cancel);

        var items = (await api.CallAsync("GET", "/conversations", Cancel)).List;

        var item = items.Single(item => item.Number("id") == id);
        Assert.Equal(
            ["id", "title", "created_at", "updated_at", "message_count", "last_message", "head_id", "revision", "growing"],
            item.Select(property => property.Key));
        Assert.Equal(4, item.Number("message_count"));
        Assert.Equal(("assistant", "branch"), (item["last_message"]!.AsObject().Text("role"), item["last_message"]!.AsObject().Text("content")));
        Assert.Equal(item.Number("head_id"), item["last_message"]!.AsObject().Number("id"));
        Assert.False((bool)item["growing"]!);
        var none = items.Single(item => item.Number("id") == empty);
        Assert.Equal(0, none.Number("message_count"));
        Assert.True(none.ContainsKey("last_message") && none["last_message"] is null);
        Assert.Equal(
            ["One [emulator echo=\"first\"]", "first", "Two, again [emulator echo=\"branch\"]", "branch"],
            (await api.ConversationAsync(id, Cancel)).Messages().Select(message => message.Text("content")));
    }

    [Fact]
    public async Task History_has_whole_conversations_and_stats_count_what_is_shown()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        Assert.Equal(
            """{"total_conversations":0,"total_messages":0,"avg_messages_per_conversation":0}""",
            (await api.CallAsync("GET", "/stats", Cancel)).Text);
        await using var socket = await api.ConnectAsync(Cancel);
        var first = (await socket.TurnAsync(new { message = "One" }, Cancel))[0];
        await socket.TurnAsync(new { message = "More", conversation_id = first.Number("conversation_id") }, Cancel);
        var second = (await socket.TurnAsync(new { message = "Two" }, Cancel))[0].Number("conversation_id");
        await api.CallAsync("POST", "/conversations", Cancel, "{}");

        var history = await api.CallAsync("GET", "/history?limit=2&offset=1", Cancel);

        Assert.Equal(HttpStatusCode.OK, history.Status);
        Assert.Equal([second, first.Number("conversation_id")], history.List.Select(item => item.Number("id")));
        Assert.Equal([2, 4], history.List.Select(item => item.Messages().Count));
        var message = history.List[0].Messages()[0];
        Assert.Equal(second, message.Number("conversation_id"));
        Assert.EndsWith("Z", message.Text("created_at"), StringComparison.Ordinal);
        Assert.Equal(
            """{"total_conversations":3,"total_messages":6,"avg_messages_per_conversation":2}""",
            (await api.CallAsync("GET", "/stats", Cancel)).Text);
    }
}
