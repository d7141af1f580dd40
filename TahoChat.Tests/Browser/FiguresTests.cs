using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A person asks how the replies did.</summary>
public sealed class FiguresTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_figures_tell_of_the_replies_so_far_and_lead_back_to_them()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        await chat.SendAsync("The slow one [emulator echo=\"It took a while\" first=900]");
        await chat.ReplyIsAsync("complete");
        await chat.SendAsync("The quick one [emulator echo=\"Done\" first=0]");
        await chat.ReplyIsAsync("complete", count: 2);
        var conversation = await chat.ConversationAsync();
        await chat.Page.GetByTestId("new-chat").ClickAsync();
        await chat.SendAsync("[emulator fault=401]");
        await chat.ReplyIsAsync("failed");

        await chat.Page.GetByTestId("figures-link").ClickAsync();

        await Expect(chat.Page.GetByRole(AriaRole.Heading, new() { Name = "Figures", Exact = true })).ToBeVisibleAsync();
        await chat.ConnectedAsync();
        await Expect(chat.Page).ToHaveTitleAsync("Figures · TahoChat");
        await Expect(chat.Page.GetByTestId("tile-replies")).ToContainTextAsync("Replies3");
        await Expect(chat.Page.GetByTestId("tile-failures")).ToContainTextAsync("33.3% of replies");
        await Expect(chat.Page.GetByTestId("plot-speed").GetByText("openai/gpt-oss-120b").First).ToBeVisibleAsync();
        await Expect(chat.Page.Locator("[data-code=provider_unauthorized]")).ToContainTextAsync("The provider refused the API key.");
        await Expect(chat.Page.GetByTestId("plot-replies").Locator(".recharts-bar-rectangle").First).ToBeVisibleAsync();
        await chat.Page.GetByTestId("plot-replies").GetByText("Show as table").ClickAsync();
        await Expect(chat.Page.GetByTestId("plot-replies").GetByRole(AriaRole.Row)).ToHaveCountAsync(31);
        Assert.Equal("2 0 0 1 3", string.Join(' ', await Cells(chat)));
        await chat.AssertFitsAsync();
        await chat.ShootAsync("figures");

        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "7 days" }).ClickAsync();
        await Expect(chat.Page.GetByTestId("plot-replies").GetByRole(AriaRole.Row)).ToHaveCountAsync(8);
        await chat.Page.ReloadAsync();
        await Expect(chat.Page.GetByRole(AriaRole.Button, new() { Name = "7 days" })).ToHaveAttributeAsync("aria-pressed", "true");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "To the first token" }).ClickAsync();
        var slowest = chat.Page.GetByTestId("slow-reply");
        await Expect(slowest).ToHaveCountAsync(2);
        await slowest.First.GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(chat.Replies).ToHaveCountAsync(2);
        Assert.Equal(conversation, await chat.ConversationAsync());
        await Expect(chat.Replies.First).ToContainTextAsync("It took a while");
        await chat.SendAsync("And on [emulator echo=\"Still here\" first=0]");
        await chat.ReplyIsAsync("complete", count: 3);
        await chat.Page.GoBackAsync();
        await Expect(chat.Page.GetByTestId("tile-replies")).ToBeVisibleAsync();
        chat.AssertClean();
    }

    private static async Task<IReadOnlyList<string>> Cells(ChatPage chat) =>
        await chat.Page.GetByTestId("plot-replies").Locator("tbody tr").First.Locator("td").AllInnerTextsAsync();
}
