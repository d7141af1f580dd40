using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A person writes, and a reply grows.</summary>
public sealed class ReplyTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_presses_Enter_and_sees_the_reply_grow_to_its_end()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await chat.SendAsync("Headings, a table and TypeScript about tides, please [emulator speed=80]");
        await chat.ReplyIsAsync("streaming");
        var early = await chat.LongerThanAsync(10);
        await chat.LongerThanAsync(early.Length + 50);
        await Expect(chat.Composer).ToHaveValueAsync("");
        await chat.ReplyIsAsync("complete");

        await Expect(chat.Text.Locator("h1, h2, h3").First).ToBeVisibleAsync();
        await Expect(chat.Text.Locator("table tbody tr").First).ToBeVisibleAsync();
        var code = chat.Text.GetByTestId("code-block").First;
        await Expect(code.Locator(".token").Nth(3)).ToBeVisibleAsync();
        Assert.True(await code.Locator(".token").EvaluateAllAsync<int>("tokens => new Set(tokens.map(token => getComputedStyle(token).color)).size") > 1);
        await code.GetByRole(AriaRole.Button, new() { NameRegex = new("^Copy") }).ClickAsync();
        await Expect(code.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal(
            (await code.Locator("code").TextContentAsync())!.TrimEnd(),
            (await chat.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).TrimEnd());
        chat.AssertClean();
    }

    [Fact]
    public async Task Shift_and_Enter_break_the_line_and_Enter_sends_both()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await Expect(chat.Composer).ToBeFocusedAsync();
        var height = (await chat.Composer.BoundingBoxAsync())!.Height;
        await chat.Page.Keyboard.TypeAsync("first");
        await chat.Page.Keyboard.PressAsync("Shift+Enter");
        await chat.Page.Keyboard.TypeAsync("second");
        await Expect(chat.Composer).ToHaveValueAsync("first\nsecond");
        Assert.True((await chat.Composer.BoundingBoxAsync())!.Height > height);
        await Expect(chat.Page.GetByTestId("message")).ToHaveCountAsync(0);

        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.ReplyIsAsync("complete");
        Assert.Equal("first\nsecond", await chat.Page.Locator("[data-role=user] [data-testid=message-content]").InnerTextAsync());
        chat.AssertClean();
    }

    [Fact]
    public async Task Stop_keeps_the_part_that_came()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator reply=count:20000 speed=60 first=0]");
        await chat.LongerThanAsync(40);
        await chat.Page.GetByTestId("stop").ClickAsync();
        await chat.ReplyIsAsync("stopped");
        await Expect(chat.Page.GetByTestId("send")).ToBeVisibleAsync();

        var kept = await chat.KeptAsync(api.Http, Cancel);
        Assert.Equal("stopped", kept.Text("status"));
        Assert.Equal(kept.Text("content")!.Trim(), (await chat.Text.InnerTextAsync()).Trim());
        Assert.StartsWith("1 2 3 4", kept.Text("content"), StringComparison.Ordinal);

        await chat.SendAsync("[emulator echo=\"And on\" first=0]");
        await chat.ReplyIsAsync("complete", count: 2);
        await Expect(chat.Text).ToHaveTextAsync("And on");
        chat.AssertClean();
    }

    [Fact]
    public async Task A_failed_reply_says_why_in_words_and_offers_another_try()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator fault=503 fails=1 echo=\"Now it works\" first=0]");
        await chat.ReplyIsAsync("failed");
        await Expect(chat.LastReply.GetByTestId("reply-error")).ToContainTextAsync("over capacity");
        await Expect(chat.Page.GetByTestId("reply-status")).ToContainTextAsync("over capacity");

        await chat.LastReply.GetByTestId("try-again").ClickAsync();
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Text).ToHaveTextAsync("Now it works");
        chat.AssertClean();
    }

    [Fact]
    public async Task What_came_before_the_provider_broke_off_stays()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator fault=reset after=5 reply=count:50 first=0]");
        await chat.ReplyIsAsync("interrupted");
        await Expect(chat.Text).ToHaveTextAsync("1 2 3 4 5");
        await Expect(chat.LastReply.GetByTestId("reply-error")).ToContainTextAsync("broke off");
        await Expect(chat.LastReply.GetByTestId("try-again")).ToBeEnabledAsync();
        chat.AssertClean();
    }
}
