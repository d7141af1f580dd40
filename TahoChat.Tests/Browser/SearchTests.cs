using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TahoChat.Tests.Conversations;
using TahoChat.Tests.Search;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>From a few letters to the message that is meant, wherever it is.</summary>
public sealed partial class SearchTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hit_opens_its_conversation_at_the_message_on_its_branch_with_the_words_marked()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var conversation = await LongConversation.AddAsync(api, 300, Cancel);
        var branched = BranchAt(api, conversation, position: 10, "A ptarmigan is on this branch. " + new string('x', 40) + " ptarmigans are white.");
        await LongConversation.AddAsync(api, 2, Cancel, text: position => position == 1 ? "東京の天気は？" : "A ptarmigan in another conversation, and an Ökapi");
        await api.IndexedAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var page = chat.Page;

        // The palette shows messages as one types, and leads to all of them.
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByTestId("palette-input").PressSequentiallyAsync("ptarm");
        await Expect(page.GetByTestId("palette-message")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("palette-message").Locator("mark").First).ToHaveTextAsync(Ptarmigan());
        await chat.ShootAsync("palette-messages");
        await page.GetByTestId("palette-search").ClickAsync();
        await Expect(page.GetByTestId("search-input")).ToHaveValueAsync("ptarm");
        await Expect(page.GetByTestId("search-hit")).ToHaveCountAsync(2);

        // With the keys to the one on the branch, far from the end of the conversation.
        await page.GetByTestId("search-input").FillAsync("ptarmigans white");
        await Expect(page.GetByTestId("search-hit")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("search-hit").Locator("mark")).ToHaveCountAsync(2);
        await chat.ShootAsync("search");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("search")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Uri(api.Address, $"/?c={conversation.Id}&m={branched}").ToString());
        await AssertOpenAsync(chat, branched);
        await Expect(chat.Message(branched).GetByTestId("siblings")).ToContainTextAsync("2 / 2");
        await Expect(chat.Message(branched)).ToBeFocusedAsync();
        await page.WaitForFunctionAsync("() => [...(CSS.highlights.get('found-here') ?? [])].map(String).includes('ptarmigans')");

        // The address leads there again; by the shortcut, what was searched for is there again, too.
        await page.ReloadAsync();
        await chat.ConnectedAsync();
        await AssertOpenAsync(chat, branched);
        await page.Keyboard.PressAsync("Alt+Shift+F");
        await page.GetByTestId("search-input").FillAsync("京の天");
        await Expect(page.GetByTestId("search-hit").Locator("mark")).ToHaveTextAsync("京の天");
        await page.GetByTestId("search-input").FillAsync("nowhere to be found");
        await Expect(page.GetByTestId("search-nothing")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("search")).ToHaveCountAsync(0);
        chat.AssertClean();
    }

    [Fact]
    public async Task On_a_small_screen_filters_leave_what_fits_and_a_hit_that_is_gone_says_so()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var kept = await api.KeepAsync(Cancel, "A lapwing, said the person", "A lapwing, said the model");
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 780 } };
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, options);
        var page = chat.Page;
        await page.Keyboard.PressAsync("Alt+Shift+F");
        await page.GetByTestId("search-input").FillAsync("lapwing");
        await Expect(page.GetByTestId("search-hit")).ToHaveCountAsync(2);
        await page.GetByTestId("search-filter").ClickAsync();
        await page.GetByTestId("search-filters").GetByRole(AriaRole.Combobox, new() { Name = "Who wrote it" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "By the model" }).ClickAsync();
        await Expect(page.GetByTestId("search-hit")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("search-hit")).ToContainTextAsync("said the model");
        await chat.ShootAsync("search-390");
        Assert.InRange(await page.EvaluateAsync<double>("document.documentElement.scrollWidth"), 0, 390);
        await page.GetByTestId("search-hit").ClickAsync();
        await AssertOpenAsync(chat, kept.At(2));

        await page.GotoAsync(new Uri(api.Address, $"/?c={kept.Id}&m=99999").ToString());
        await Expect(page.GetByText("This message could not be opened.")).ToBeVisibleAsync();
        await Expect(chat.Message(kept.At(2))).ToBeVisibleAsync();
    }

    private static async Task AssertOpenAsync(ChatPage chat, long message)
    {
        await Expect(chat.Message(message)).ToBeVisibleAsync();
        await Expect(chat.Message(message)).ToBeInViewportAsync();
    }

    /// <summary>Another version of a message, which is not shown.</summary>
    private static long BranchAt(TestApi api, LongConversation conversation, int position, string text)
    {
        api.Change(SearchCalls.Invariant($"""
            INSERT INTO messages (uid, owner_id, conversation_id, parent_id, depth, role, status, content, reasoning, created_at, completed_at, revision)
            SELECT '00000000-0000-7000-8000-000000000001', owner_id, conversation_id, parent_id, depth, role, status, '{text}', '', created_at, completed_at, 0
            FROM messages WHERE id = {conversation.At(position)}
            """));
        return conversation.Last + 1;
    }

    [GeneratedRegex("^ptarmigans?$")]
    private static partial Regex Ptarmigan();
}
