using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Chat;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Chat;

/// <summary>Many tabs that watch the same list.</summary>
public sealed class ListChangesTests
{
    private const int Tabs = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_read_once_for_all_tabs_and_every_tab_sees_every_change()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var reads = api.Services.GetRequiredService<ListChanges>();
        var tabs = new List<TestSocket>();
        for (var i = 0; i < Tabs; i++)
        {
            tabs.Add(await api.ConnectAsync(Cancel));
            await tabs[i].SendAsync(new { type = "watch" }, Cancel);
            await tabs[i].ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);
        }

        var before = reads.Reads;
        for (var change = 0; change < 10; change++)
        {
            var id = (await api.CallAsync("POST", "/conversations", Cancel, $$"""{"title":"Number {{change}}"}""")).Json.Number("id");
            var seen = await Task.WhenAll(tabs.Select(tab => tab.ReceiveAsync(Cancel)));
            Assert.All(seen, frame => Assert.Equal(("conversation", id), (frame.Text("type"), frame!["conversation"]!.AsObject().Number("id"))));
        }

        Assert.Equal(10, reads.Reads - before);
        foreach (var tab in tabs) await tab.DisposeAsync();
    }

    [Fact]
    public async Task Tabs_that_come_and_go_while_the_list_changes_miss_nothing()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var changing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var i = 0; i < 25; i++) await api.CallAsync("POST", "/conversations", Cancel, $$"""{"title":"{{writer}} {{i}}"}""");
        }));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            // Each tab is cut off after every few frames, and goes on from the last revision that it saw.
            var seen = new HashSet<long>();
            for (var revision = 0L; seen.Count < 100;)
            {
                await using var tab = await api.ConnectAsync(Cancel);
                await tab.SendAsync(new { type = "watch", revision }, Cancel);
                for (var frames = 0; frames < 7 && seen.Count < 100; frames++)
                {
                    var frame = await tab.ReceiveAsync(Cancel);
                    if (frame.Text("type") != "conversation") continue;
                    revision = Math.Max(revision, frame.Number("revision"));
                    seen.Add(frame!["conversation"]!.AsObject().Number("id"));
                }
            }

            Assert.Equal(100, seen.Count);
        }));
        await changing;
        await api.GoneAsync(Cancel);
        Assert.Equal(0, api.Services.GetRequiredService<ChangeFeed>().Subscriptions);
    }
}
