using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>What happens in one tab is seen in every other, and what grows elsewhere is not lost.</summary>
public sealed class LiveTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_right_after_New_chat_goes_into_the_new_chat_however_busy_the_page_is()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync(ApiCalls.Endless);
        await chat.LongerThanAsync(20);
        var session = await chat.Page.Context.NewCDPSessionAsync(chat.Page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 10 });
        await chat.Page.GetByTestId("new-chat").ClickAsync();
        await chat.Composer.FillAsync("Another matter");
        await Expect(chat.Page.GetByTestId("chat-title")).ToHaveTextAsync("New chat");
        await Expect(chat.Composer).ToHaveValueAsync("Another matter");
        chat.AssertClean();
    }

    [Fact]
    public async Task Stop_in_one_tab_stops_the_reply_of_another_and_leaves_what_was_seen()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await first.SendAsync("[emulator reply=count:20000 speed=100 first=0]");
        var path = $"/?c={await first.ConversationAsync()}";
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: path, beside: first);
        await second.LongerThanAsync(40);
        var seen = await first.LongerThanAsync(40);

        await second.Page.GetByTestId("stop").ClickAsync();

        await first.ReplyIsAsync("stopped");
        await second.ReplyIsAsync("stopped");
        var kept = (await first.KeptAsync(api.Http, Cancel)).Text("content")!.Trim();
        Assert.StartsWith(seen.Trim(), kept, StringComparison.Ordinal);
        foreach (var tab in new[] { first, second })
        {
            Assert.Equal(kept, (await tab.Text.InnerTextAsync()).Trim());
            tab.AssertClean();
        }
    }

    [Fact]
    public async Task Three_replies_that_grow_at_once_are_marked_and_none_is_lost_by_switching()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:GrowingReplies"] = "3" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var conversations = new List<long>();
        foreach (var numbers in new[] { 1800, 1900, 2000 })
        {
            if (conversations.Count > 0) await chat.Page.GetByTestId("new-chat").ClickAsync();
            await Expect(chat.Replies).ToHaveCountAsync(0);
            await chat.SendAsync($"[emulator reply=count:{numbers} speed=80 first=0]");
            await chat.LongerThanAsync(10);
            conversations.Add(await chat.ConversationAsync());
        }

        await Expect(chat.GrowingMarks()).ToHaveCountAsync(3);
        await Expect(chat.GrowingMarks().First).ToContainTextAsync("A reply is on its way");
        await chat.ShootAsync("growing");
        foreach (var id in conversations)
        {
            await chat.ShowConversationAsync(id);
            var before = await chat.LongerThanAsync(10);
            await chat.LongerThanAsync(before.Length);
        }

        for (var i = 0; i < 3; i++)
        {
            await chat.ShowConversationAsync(conversations[i]);
            await chat.ReplyIsAsync("complete");
            Assert.Equal(string.Join(' ', Enumerable.Range(1, 1800 + (i * 100))), (await chat.Text.TextContentAsync())!.Trim());
        }

        await Expect(chat.GrowingMarks()).ToHaveCountAsync(0);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_new_title_a_turn_and_a_deletion_are_seen_in_the_other_tab()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await first.SendAsync("[emulator echo=\"One\" first=0]");
        await first.ReplyIsAsync("complete");
        var id = await first.ConversationAsync();
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: $"/?c={id}", beside: first);
        await Expect(second.Text).ToHaveTextAsync("One");

        var item = first.Conversations.First;
        await item.HoverAsync();
        await item.GetByTestId("conversation-options").ClickAsync();
        await first.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" }).ClickAsync();
        await first.Page.GetByTestId("rename-input").FillAsync("About tides");
        await first.Page.Keyboard.PressAsync("Enter");
        await Expect(second.Page.GetByTestId("chat-title")).ToHaveTextAsync("About tides");
        await second.SendAsync("[emulator echo=\"Two\" first=0]");
        await Expect(first.Text).ToHaveTextAsync("Two");

        using var deleted = await api.Http.DeleteAsync(new Uri($"/conversations/{id}", UriKind.Relative), Cancel);
        foreach (var tab in new[] { first, second })
        {
            await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
            await Expect(tab.Conversations).ToHaveCountAsync(0);
            // It looks whether the conversation is there after all.
            tab.AssertClean("404");
        }
    }
}
