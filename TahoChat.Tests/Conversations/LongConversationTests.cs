using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Conversations;

/// <summary>Long conversations come by pages, and say where words are.</summary>
public sealed class LongConversationTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task The_end_comes_alone_and_the_pages_before_it_lead_to_the_beginning()
    {
        var conversation = await LongConversation.AddAsync(Api, 25, Cancel);
        var whole = await Api.ConversationAsync(conversation.Id, Cancel);
        var end = (await Api.CallAsync("GET", $"/conversations/{conversation.Id}?limit=10", Cancel)).Json;

        Assert.Equal(25, end.Number("message_count"));
        Assert.Equal(conversation.At(15), end.Number("earlier_id"));
        Assert.Equal(whole.Text("title"), end.Text("title"));
        var all = end.Messages();
        var earlier = (await PageAsync(conversation.Id, conversation.At(16), 10)).Json;
        Assert.Equal(["messages", "earlier_id"], earlier.Select(property => property.Key));
        Assert.Equal(conversation.At(5), earlier.Number("earlier_id"));
        all.InsertRange(0, earlier.Messages());
        var first = (await PageAsync(conversation.Id, conversation.At(6), 10)).Json;
        Assert.Null(first["earlier_id"]);
        all.InsertRange(0, first.Messages());
        Assert.Equal(whole.Messages().Select(message => message.ToJsonString()), all.Select(message => message.ToJsonString()));
        Assert.Empty((await PageAsync(conversation.Id, conversation.First, 10)).Json.Messages());
        Assert.Null(whole["message_count"]);

        var short25 = (await Api.CallAsync("GET", $"/conversations/{conversation.Id}?limit=25", Cancel)).Json;
        Assert.Equal((25, null), (short25.Messages().Count, short25["earlier_id"]));
    }

    [Fact]
    public async Task A_page_is_of_one_branch_and_names_the_others()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = (await socket.TurnAsync(new { message = "[emulator echo=one]" }, Cancel))[0];
        var conversation = first.Number("conversation_id");
        var second = (await socket.TurnAsync(new { message = "[emulator echo=two]", conversation_id = conversation }, Cancel))[0];
        var edited = (await socket.TurnAsync(
            new { type = "edit", message = "[emulator echo=three]", conversation_id = conversation, message_id = second.Number("user_message_id") }, Cancel))[0];
        var rewritten = (await socket.TurnAsync(
            new { type = "edit", message = "[emulator echo=four]", conversation_id = conversation, message_id = first.Number("user_message_id") }, Cancel))[0];

        var page = (await PageAsync(conversation, second.Number("message_id"), 2)).Json.Messages();
        Assert.Equal([first.Number("message_id"), second.Number("user_message_id")], page.Select(message => message.Number("id")));
        Assert.Equal([second.Number("user_message_id"), edited.Number("user_message_id")], Siblings(page[1]));
        var end = (await Api.CallAsync("GET", $"/conversations/{conversation}?limit=2", Cancel)).Json.Messages();
        Assert.Equal([first.Number("user_message_id"), rewritten.Number("user_message_id")], Siblings(end[0]));
        var first3 = (await PageAsync(conversation, second.Number("message_id"), 500)).Json.Messages();
        Assert.Equal(Siblings(end[0]), Siblings(first3[0]));
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=501")]
    [InlineData("?limit=some")]
    [InlineData("/messages?before=1&limit=0")]
    [InlineData("/messages?before=1&limit=501")]
    [InlineData("/messages")]
    [InlineData("/find")]
    [InlineData("/find?q=")]
    [InlineData("/find?q=%20")]
    public async Task What_is_out_of_bounds_is_422(string query)
    {
        var conversation = await LongConversation.AddAsync(Api, 1, Cancel);
        var answer = await Api.CallAsync("GET", $"/conversations/{conversation.Id}{query}", Cancel);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Anothers_conversation_and_messages_elsewhere_are_not_there()
    {
        var mine = await LongConversation.AddAsync(Api, 2, Cancel);
        var other = await LongConversation.AddAsync(Api, 2, Cancel);
        var foreign = await LongConversation.AddAsync(Api, 2, Cancel, owner: "somebody");
        Assert.Equal(HttpStatusCode.OK, (await PageAsync(mine.Id, mine.Last, 2)).Status);
        foreach (var path in new[]
        {
            $"{foreign.Id}?limit=10", $"{foreign.Id}/messages?before={foreign.Last}", $"{foreign.Id}/find?q=tide",
            $"{mine.Id}/messages?before={other.Last}", $"{mine.Id}/messages?before={foreign.Last}", $"{mine.Id}/messages?before=99999999",
            "99999999?limit=10", $"99999999/messages?before={mine.Last}", "99999999/find?q=tide",
        })
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await Api.CallAsync("GET", $"/conversations/{path}", Cancel)).Status));
        }
    }

    [Fact]
    public async Task Words_are_found_on_the_shown_path_whatever_their_case()
    {
        var conversation = await LongConversation.AddAsync(
            Api, 12, Cancel, text: position => position is 3 or 8 ? $"Über die Straße, ПРИВЕТ {position} 100%_" : $"Nothing {position}");
        foreach (var words in new[] { "über DIE", "привет", "STRAßE", "100%_", "Привет 8" })
        {
            var found = (await Api.CallAsync("GET", $"/conversations/{conversation.Id}/find?q={Uri.EscapeDataString(words)}", Cancel)).Json;
            int[] expected = words == "Привет 8" ? [8] : [3, 8];
            Assert.Equal(expected, found["hits"]!.AsArray().Select(hit => (int)hit!["position"]!));
            Assert.Equal(expected.Select(conversation.At), found["hits"]!.AsArray().Select(hit => (long)hit!["id"]!));
            Assert.Equal((expected.Length, 12), ((int)found.Number("total"), (int)found.Number("message_count")));
        }

        Assert.Equal(0, (await FindAsync(conversation.Id, "nowhere")).Number("total"));
        Assert.Equal(HttpStatusCode.OK, (await Api.CallAsync("GET", $"/conversations/{conversation.Id}/find?q={new string('a', 200)}", Cancel)).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await Api.CallAsync("GET", $"/conversations/{conversation.Id}/find?q={new string('a', 201)}", Cancel)).Status);
    }

    [Fact]
    public async Task Ten_thousand_messages_open_at_their_end_and_are_searched_without_waiting()
    {
        var conversation = await LongConversation.AddAsync(Api, 10_000, Cancel);
        var sixty = await LongConversation.AddAsync(Api, 60, Cancel);
        var alone = await TimedAsync($"/conversations/{sixty.Id}?limit=60");
        var opened = await TimedAsync($"/conversations/{conversation.Id}?limit=60");
        var paged = await TimedAsync($"/conversations/{conversation.Id}/messages?before={conversation.At(5_000)}&limit=500");
        var found = await TimedAsync($"/conversations/{conversation.Id}/find?q=no.%205.");
        var all = await FindAsync(conversation.Id, "tide");

        TestContext.Current.TestOutputHelper?.WriteLine($"open {opened:F1} ms (a conversation of 60: {alone:F1} ms), 500 earlier {paged:F1} ms, find {found:F1} ms");
        Assert.Equal((10_000, 1000), ((int)all.Number("total"), all["hits"]!.AsArray().Count));
        Assert.Equal(10_000, (int)all["hits"]!.AsArray()[^1]!["position"]!);
        Assert.Equal([conversation.At(5)], (await FindAsync(conversation.Id, "no. 5.")).AsHits());
        // What it costs is in the 60 messages, not in the 10,000; on a busy machine the two differ by chance.
        Assert.InRange(opened, 0, (alone * 3) + 20);
    }

    private static long[] Siblings(JsonObject message) => [.. message["sibling_ids"]!.AsArray().Select(id => (long)id!)];

    private Task<RestAnswer> PageAsync(long conversation, long before, int limit) =>
        Api.CallAsync("GET", $"/conversations/{conversation}/messages?before={before}&limit={limit}", Cancel);

    private async Task<JsonObject> FindAsync(long conversation, string words) =>
        (await Api.CallAsync("GET", $"/conversations/{conversation}/find?q={Uri.EscapeDataString(words)}", Cancel)).Json;

    /// <summary>The median of eleven calls, in milliseconds.</summary>
    private async Task<double> TimedAsync(string path)
    {
        var times = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, (await Api.CallAsync("GET", path, Cancel)).Status);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt(5);
    }
}

file static class FoundExtensions
{
    public static long[] AsHits(this JsonObject found) => [.. found["hits"]!.AsArray().Select(hit => (long)hit!["id"]!)];
}
