using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A conversation is a tree: nothing is overwritten, and every version is a press of a button away.</summary>
public sealed class BranchTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_tabs_that_edit_the_same_message_both_have_both_branches()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await first.SendAsync("The question [emulator echo=\"An answer\" first=0]");
        await first.ReplyIsAsync("complete");
        var path = new Uri(first.Page.Url).PathAndQuery;
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: path, beside: first);
        await second.ReplyIsAsync("complete");

        const string fromSecond = "From the second tab [emulator echo=\"To the second\" first=0]";
        await first.BeginEditAsync(0);
        await second.BeginEditAsync(0);
        await first.Editor().GetByRole(AriaRole.Textbox).FillAsync("From the first tab [emulator echo=\"To the first\" first=0]");
        await second.Editor().GetByRole(AriaRole.Textbox).FillAsync(fromSecond);
        await first.Page.Keyboard.PressAsync("Enter");
        await Expect(first.Text).ToHaveTextAsync("To the first");
        // The text that is being written stays, though the conversation shows the other tab's branch now.
        await Expect(second.Text).ToHaveTextAsync("To the first");
        await Expect(second.Editor().GetByRole(AriaRole.Textbox)).ToHaveValueAsync(fromSecond);
        await second.Editor().GetByRole(AriaRole.Button, new() { Name = "Save & send" }).ClickAsync();

        await Expect(second.Text).ToHaveTextAsync("To the second");
        await Expect(first.Text).ToHaveTextAsync("To the second");
        await Expect(first.Page.GetByTestId("branch-notice")).ToContainTextAsync("Another tab went on in another branch");
        await Expect(second.Page.GetByTestId("branch-notice")).ToHaveCountAsync(0);
        foreach (var tab in new[] { first, second })
        {
            await AssertAllVersionsAsync(tab);
            await tab.Page.ReloadAsync();
            await tab.ConnectedAsync();
            await AssertAllVersionsAsync(tab);
            tab.AssertClean();
        }
    }

    [Fact]
    public async Task A_person_goes_back_to_the_branch_that_another_tab_left()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await first.SendAsync("The question [emulator echo=\"An answer\" first=0]");
        await first.ReplyIsAsync("complete");
        var path = new Uri(first.Page.Url).PathAndQuery;
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: path, beside: first);
        await second.ReplyIsAsync("complete");
        await second.LastReply.GetByRole(AriaRole.Button, new() { Name = "Write another reply" }).ClickAsync();
        await Expect(second.LastReply.GetByTestId("siblings")).ToContainTextAsync("2 / 2");

        await Expect(first.LastReply.GetByTestId("siblings")).ToContainTextAsync("2 / 2");
        await first.ShootAsync("branch-notice");
        await first.Page.GetByTestId("branch-notice").GetByRole(AriaRole.Button, new() { Name = "Go back" }).ClickAsync();
        foreach (var tab in new[] { first, second }) await Expect(tab.LastReply.GetByTestId("siblings")).ToContainTextAsync("1 / 2");
        await Expect(first.Page.GetByTestId("branch-notice")).ToHaveCountAsync(0);
        await Expect(second.Page.GetByTestId("branch-notice")).ToBeVisibleAsync();
        first.AssertClean();
        second.AssertClean();
    }

    [Fact]
    public async Task The_switcher_stays_under_the_pointer_and_keeps_the_focus()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("Before [emulator reply=count:1200 first=0]");
        await chat.ReplyIsAsync("complete");
        await chat.SendAsync("Short [emulator reply=count:2000 first=0]");
        await chat.ReplyIsAsync("complete", count: 2);
        await chat.BeginEditAsync(1);
        await chat.Editor().GetByRole(AriaRole.Textbox).FillAsync($"[emulator reply=count:2200 first=0]\n{string.Join('\n', Enumerable.Range(1, 9))}");
        await chat.Page.Keyboard.PressAsync("Enter");
        var edited = chat.UserMessages().Last;
        await Expect(edited.GetByTestId("siblings")).ToContainTextAsync("2 / 2");
        await chat.ReplyIsAsync("complete", count: 2);

        var earlier = edited.GetByRole(AriaRole.Button, new() { Name = "Earlier version" });
        await earlier.ScrollIntoViewIfNeededAsync();
        await earlier.FocusAsync();
        var before = (await earlier.BoundingBoxAsync())!.Y;
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(edited.GetByTestId("siblings")).ToContainTextAsync("1 / 2");
        await Expect(edited.GetByTestId("message-content")).ToHaveTextAsync("Short [emulator reply=count:2000 first=0]");
        Assert.InRange((await earlier.BoundingBoxAsync())!.Y, before - 2, before + 2);
        await Expect(earlier).ToBeFocusedAsync();
        await edited.SwitchAsync("Later version", "2 / 2");
        Assert.InRange((await earlier.BoundingBoxAsync())!.Y, before - 2, before + 2);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_reply_that_broke_off_goes_on_with_the_text_that_was_kept()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator fault=reset after=5 reply=count:50 first=0]");
        await chat.ReplyIsAsync("interrupted");
        await Expect(chat.Text).ToHaveTextAsync("1 2 3 4 5");
        await chat.ShootAsync("interrupted-continue");

        await chat.LastReply.GetByTestId("continue").DblClickAsync();
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Text).ToHaveTextAsync(string.Join(' ', Enumerable.Range(1, 50)));
        await Expect(chat.LastReply.GetByTestId("siblings")).ToContainTextAsync("2 / 2");
        await chat.LastReply.SwitchAsync("Earlier version", "1 / 2");
        await Expect(chat.Text).ToHaveTextAsync("1 2 3 4 5");
        await Expect(chat.LastReply.GetByTestId("continue")).ToBeVisibleAsync();
        chat.AssertClean();
    }

    private static async Task AssertAllVersionsAsync(ChatPage chat)
    {
        var message = chat.UserMessages().First;
        await Expect(message.GetByTestId("siblings")).ToContainTextAsync("3 / 3");
        await Expect(chat.Text).ToHaveTextAsync("To the second");
        await message.SwitchAsync("Earlier version", "2 / 3");
        await Expect(chat.Text).ToHaveTextAsync("To the first");
        await message.SwitchAsync("Earlier version", "1 / 3");
        await Expect(chat.Text).ToHaveTextAsync("An answer");
        await message.SwitchAsync("Later version", "2 / 3");
        await message.SwitchAsync("Later version", "3 / 3");
        await Expect(chat.Text).ToHaveTextAsync("To the second");
    }
}
