using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Tests.Attachments;
using TahoChat.Tests.Data;

namespace TahoChat.Tests.Trash;

/// <summary>What leaves the trash for good, by hand or by time.</summary>
public sealed class PurgeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_deleted_for_good_leaves_no_row_behind()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var file = await api.AttachAsync(SampleFiles.Text("tides"), "tides.txt", Cancel);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            var turn = await socket.TurnAsync(new { message = "[emulator echo=\"Here\" first=0]", attachment_ids = i == 0 ? new[] { file } : [] }, Cancel);
            ids.Add(turn[0].Number("conversation_id"));
            await api.CallAsync("PATCH", $"/conversations/{ids[i]}", Cancel, """{"tags":["Sea"]}""");
        }

        // Only what is in the trash can be deleted for good.
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("DELETE", $"/trash/{ids[0]}", Cancel)).Status);
        foreach (var id in ids.Take(3)) await api.CallAsync("DELETE", $"/conversations/{id}", Cancel);
        var first = await api.CallAsync("GET", "/trash?limit=2", Cancel);
        var cursor = first.Response.Headers.GetValues("X-Next-Cursor").Single();
        var second = await api.CallAsync("GET", $"/trash?limit=2&cursor={cursor}", Cancel);
        Assert.Equal([ids[2], ids[1], ids[0]], first.List.Concat(second.List).Select(item => item.Number("id")));
        Assert.False(second.Response.Headers.Contains("X-Next-Cursor"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.CallAsync("GET", "/trash?cursor=nonsense", Cancel)).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await api.CallAsync("DELETE", $"/trash/{ids[0]}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("DELETE", $"/trash/{ids[0]}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("POST", $"/trash/{ids[0]}/restore", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("GET", $"/attachments/{file}/content", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.CallAsync("DELETE", "/trash", Cancel)).Status);
        Assert.Empty((await api.CallAsync("GET", "/trash", Cancel)).List);

        var rows = DatabaseRows.Read(Path.Combine(api.Folder, "chat.db"));
        Assert.Equal($"{ids[3]}", Assert.Single(rows["conversations"]).Key);
        Assert.Equal(2, rows["messages"].Count);
        Assert.Single(rows["conversation_tags"]);
        Assert.Empty(rows["attachments"]);
        Assert.Empty(rows["attachment_contents"]);
        Assert.Equal(ids.Take(3).Select(id => $"{id}"), rows["tombstones"].Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await api.ConversationAsync(ids[3], Cancel)).Messages().Count);
    }

    [Theory]
    [InlineData("2", true)]
    [InlineData("0", false)]
    public async Task The_trash_keeps_a_conversation_for_the_days_that_are_set(string days, bool goes)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestApi.StartAsync(
            Cancel, new Dictionary<string, string?> { ["TRASH_DAYS"] = days }, services: services => services.AddSingleton<TimeProvider>(time));
        var early = (await api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        var late = (await api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        await api.CallAsync("DELETE", $"/conversations/{early}", Cancel);
        var item = Assert.Single((await api.CallAsync("GET", "/trash", Cancel)).List);
        Assert.Equal(goes ? time.GetUtcNow().UtcDateTime.AddDays(2) : null, (DateTime?)item["gone_at"]);

        for (var hours = 0; hours < 40; hours += 4) time.Advance(TimeSpan.FromHours(4));
        await api.CallAsync("DELETE", $"/conversations/{late}", Cancel);
        Assert.Equal(2, (await api.CallAsync("GET", "/trash", Cancel)).List.Count);
        for (var hours = 0; hours < 16; hours++) time.Advance(TimeSpan.FromHours(1));
        if (goes)
        {
            await ApiCalls.UntilAsync(async () => (await api.CallAsync("GET", "/trash", Cancel)).List, list => list is [var left] && left.Number("id") == late, Cancel);
            Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("POST", $"/trash/{late}/restore", Cancel)).Status);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("POST", $"/trash/{early}/restore", Cancel)).Status);
    }
}
