using TahoChat.Tests.Processes;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>What is typed and not sent stays where it was typed.</summary>
public sealed class DraftTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drafts_survive_a_reload_and_a_closed_tab_each_in_its_conversation()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator echo=\"Here\" first=0]");
        await chat.ReplyIsAsync("complete");
        var path = new Uri(chat.Page.Url).PathAndQuery;
        await chat.Composer.FillAsync("About this");
        await chat.Page.GetByTestId("new-chat").ClickAsync();
        await Expect(chat.Composer).ToHaveValueAsync("");
        await chat.Composer.FillAsync("About something else");

        await chat.Page.ReloadAsync();
        await Expect(chat.Composer).ToHaveValueAsync("About something else");
        await chat.Composer.PressAsync("End");
        await chat.Composer.PressSequentiallyAsync(", typed last");
        await chat.Page.CloseAsync(new() { RunBeforeUnload = true });

        var next = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, beside: chat);
        await Expect(next.Composer).ToHaveValueAsync("About something else, typed last");
        var there = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: path, beside: chat);
        await Expect(there.Composer).ToHaveValueAsync("About this");
        next.AssertClean();
        there.AssertClean();
    }

    [Fact]
    public async Task A_draft_of_a_page_that_is_killed_is_there_in_the_next_one()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        using var folder = new ProcessFolder();
        // On the disk: what a private window stores goes with its last page, and a browser may run all of a site's pages in one process.
        await using var profile = await fixture.Chromium.OpenProfileAsync(folder, Cancel);
        var killed = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, profile: profile);
        await killed.Composer.FillAsync("Typed and stored");
        await ApiCalls.UntilAsync(killed.StoredDraftAsync, stored => stored.Contains("Typed and stored", StringComparison.Ordinal), Cancel);
        await killed.CrashAsync(Cancel);
        var next = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, beside: killed);
        await Expect(next.Composer).ToHaveValueAsync("Typed and stored");
        next.AssertClean();
    }

    [Fact]
    public async Task A_message_that_was_sent_is_no_draft_any_more_in_any_tab()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, beside: chat);
        await chat.Composer.FillAsync("[emulator echo=\"Sent\" first=0]");
        await Expect(other.Composer).ToHaveValueAsync("[emulator echo=\"Sent\" first=0]");
        await chat.Composer.PressAsync("Enter");
        await chat.ReplyIsAsync("complete");
        await Expect(other.Composer).ToHaveValueAsync("");
        await other.Page.ReloadAsync();
        await Expect(other.Conversations).ToHaveCountAsync(1);
        await Expect(other.Composer).ToHaveValueAsync("");
        other.AssertClean();
    }
}
