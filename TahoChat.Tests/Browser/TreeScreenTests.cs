using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Versions, the editor, the queue and a reply that broke off, on wide and on narrow screens.</summary>
public sealed class TreeScreenTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    [InlineData(ColorScheme.Light, 320, 640)]
    public async Task Branches_and_the_queue_fit_the_screen(ColorScheme scheme, int width, int height)
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(
            fixture.Chromium, api.Address, Cancel, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        var name = $"tree-{width}-{scheme}".ToLowerInvariant();
        await chat.SendAsync("Why are there two tides a day, and why are they not the same? [emulator first=0 speed=0 tokens=60 reasoning=0]");
        await chat.ReplyIsAsync("complete");
        await chat.BeginEditAsync(0);
        await ShowsAsync(chat, $"{name}-editor");
        await chat.Editor().GetByRole(AriaRole.Textbox).FillAsync("Why are there two tides a day? [emulator first=0 fault=reset after=30 tokens=60 reasoning=0]");
        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.ReplyIsAsync("interrupted");
        await Expect(chat.UserMessages().First.GetByTestId("siblings")).ToContainTextAsync("2 / 2");
        await ShowsAsync(chat, $"{name}-interrupted");

        await chat.LastReply.GetByTestId("continue").ClickAsync();
        await chat.ReplyIsAsync("complete");
        await chat.SendAsync("And now count the waves [emulator reply=count:20000 speed=20 first=0 reasoning=0]");
        await chat.ReplyIsAsync("streaming", count: 2);
        await chat.SendAsync("And the wind?");
        await Expect(chat.Waiting()).ToHaveCountAsync(1);
        await chat.SendAsync($"A longer one: what would the tides be like without the Moon, and {new string('w', 120)}?");
        await Expect(chat.Waiting()).ToHaveCountAsync(2);
        await ShowsAsync(chat, $"{name}-queue");
        await chat.Page.GetByTestId("stop").ClickAsync();
        await Expect(chat.Queue()).ToHaveAttributeAsync("data-paused", "true");
        await chat.Waiting().Nth(1).GetByRole(AriaRole.Button, new() { Name = "Edit this message" }).ClickAsync();
        await ShowsAsync(chat, $"{name}-paused");
        chat.AssertClean();
    }

    private static async Task ShowsAsync(ChatPage chat, string name)
    {
        await chat.ShootAsync(name);
        await chat.AssertFitsAsync();
        await Expect(chat.Composer).ToBeInViewportAsync(new() { Ratio = 1 });
    }
}
