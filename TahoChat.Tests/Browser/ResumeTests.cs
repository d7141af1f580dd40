using System.Globalization;
using TahoChat.Tests.Processes;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A reply belongs to its conversation, not to a tab, and not to a connection.</summary>
public sealed class ResumeTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reload_in_the_middle_of_a_reply_goes_on_where_it_was()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator reply=count:1500 speed=150 first=0]");
        var before = await chat.LongerThanAsync(100);
        await chat.Page.ReloadAsync();
        await chat.ReplyIsAsync("streaming");
        Assert.StartsWith(before, await chat.LongerThanAsync(before.Length), StringComparison.Ordinal);
        await chat.ReplyIsAsync("complete");

        var kept = (await chat.KeptAsync(api.Http, Cancel)).Text("content")!;
        Assert.Equal(Count(1500), kept.TrimEnd());
        Assert.Equal(kept.TrimEnd(), (await chat.Text.TextContentAsync())!.TrimEnd());
        chat.AssertClean();
    }

    [Fact]
    public async Task Two_tabs_both_show_a_reply_as_it_grows()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await first.SendAsync("[emulator echo=\"Hello\" first=0]");
        await first.ReplyIsAsync("complete");
        var path = new Uri(first.Page.Url).PathAndQuery;
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: path, beside: first);
        await second.ReplyIsAsync("complete");

        await first.SendAsync("[emulator reply=count:900 speed=150 first=0]");
        foreach (var tab in new[] { first, second })
        {
            await tab.ReplyIsAsync("streaming", count: 2);
            var early = await tab.LongerThanAsync(0);
            await tab.LongerThanAsync(early.Length);
        }

        foreach (var tab in new[] { first, second })
        {
            await tab.ReplyIsAsync("complete", count: 2);
            Assert.Equal(Count(900), (await tab.Text.TextContentAsync())!.TrimEnd());
            tab.AssertClean();
        }
    }

    [Fact]
    public async Task A_server_that_was_killed_and_started_again_is_found_again_with_the_part_that_came()
    {
        using var folder = new ProcessFolder();
        ChatPage chat;
        string port, seen;
        await using (var killed = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0")))
        {
            port = killed.Address.Port.ToString(CultureInfo.InvariantCulture);
            chat = await ChatPage.OpenAsync(fixture.Chromium, killed.Address, Cancel);
            await chat.SendAsync("[emulator reply=count:20000 speed=150 first=0]");
            seen = await chat.LongerThanAsync(400);
            await killed.SignalAsync("KILL", Cancel);
            await killed.EndAsync(Cancel);
        }

        await Expect(chat.Page.GetByTestId("connection")).ToContainTextAsync("Reconnecting…");
        await chat.ShootAsync("reconnecting");

        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", port));
        await chat.ConnectedAsync();
        await chat.ReplyIsAsync("interrupted");
        await Expect(chat.LastReply.GetByTestId("reply-error")).ToContainTextAsync("The server restarted");
        using var http = api.Http();
        var kept = (await chat.KeptAsync(http, Cancel)).Text("content")!;
        Assert.NotEqual("", kept);
        Assert.Equal(kept.TrimEnd(), (await chat.Text.TextContentAsync())!.TrimEnd());
        await chat.ShootAsync("interrupted");

        await chat.LastReply.GetByTestId("try-again").ClickAsync();
        await chat.ReplyIsAsync("streaming");
        await chat.LongerThanAsync(20);
        await chat.Page.GetByTestId("stop").ClickAsync();
        await chat.ReplyIsAsync("stopped");
        chat.AssertClean("ERR_CONNECTION_REFUSED", "WebSocket connection to");
    }

    private static string Count(int numbers) => string.Join(' ', Enumerable.Range(1, numbers));
}
