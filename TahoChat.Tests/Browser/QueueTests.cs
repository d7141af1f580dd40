using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>What is sent while a reply grows waits, and is in the person's hands until it goes out.</summary>
public sealed class QueueTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_that_wait_are_edited_and_removed_survive_a_reload_and_go_out_when_a_paused_queue_is_sent()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("First [emulator reply=count:20000 speed=100 first=0]");
        await chat.LongerThanAsync(20);
        await chat.SendAsync("Second [emulator echo=\"Two\" first=0]");
        await Expect(chat.Waiting()).ToHaveCountAsync(1);
        await chat.SendAsync("Third [emulator echo=\"Three\" first=0]");
        await Expect(chat.Waiting()).ToHaveCountAsync(2);
        await Expect(chat.Replies).ToHaveCountAsync(1);
        await chat.ShootAsync("queue");

        await chat.Waiting().Nth(0).GetByRole(AriaRole.Button, new() { Name = "Edit this message" }).ClickAsync();
        await chat.Editor().GetByRole(AriaRole.Textbox).FillAsync("Second, in other words [emulator echo=\"Two and a half\" first=0]");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Waiting().Nth(0)).ToContainTextAsync("in other words");
        await chat.Waiting().Nth(1).GetByRole(AriaRole.Button, new() { Name = "Remove this message" }).ClickAsync();
        await Expect(chat.Waiting()).ToHaveCountAsync(1);
        await chat.Page.ReloadAsync();
        await chat.ReplyIsAsync("streaming");
        await Expect(chat.Waiting()).ToContainTextAsync("in other words");

        await chat.Page.GetByTestId("stop").ClickAsync();
        await chat.ReplyIsAsync("stopped");
        await Expect(chat.Queue()).ToHaveAttributeAsync("data-paused", "true");
        await Expect(chat.Queue()).ToContainTextAsync("the reply before was stopped");
        await chat.ShootAsync("queue-paused");
        await chat.Page.GetByTestId("send-now").ClickAsync();
        await chat.ReplyIsAsync("complete", count: 2);
        await Expect(chat.Text).ToHaveTextAsync("Two and a half");
        await Expect(chat.Queue()).ToHaveCountAsync(0);
        Assert.Equal(4, (await chat.ShownAsync(api.Http, Cancel)).Count);
        chat.AssertClean();
    }

    [Fact]
    public async Task Messages_that_wait_go_out_one_after_the_other_in_every_tab()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await first.SendAsync("First [emulator reply=count:1500 speed=100 first=0]");
        await first.LongerThanAsync(20);
        await first.SendAsync("Second [emulator echo=\"Two\" first=0]");
        await first.SendAsync("Third [emulator echo=\"Three\" first=0]");
        await Expect(first.Waiting()).ToHaveCountAsync(2);
        var path = new Uri(first.Page.Url).PathAndQuery;
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: path, beside: first);
        await Expect(second.Waiting()).ToHaveCountAsync(2);

        foreach (var tab in new[] { first, second })
        {
            await tab.ReplyIsAsync("complete", count: 3);
            Assert.Equal(["Two", "Three"], (await tab.Replies.GetByTestId("message-content").AllInnerTextsAsync()).Skip(1));
            await Expect(tab.Queue()).ToHaveCountAsync(0);
            await Expect(tab.Page.GetByTestId("branch-notice")).ToHaveCountAsync(0);
            tab.AssertClean();
        }
    }
}
