using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Wide and narrow, light and dark, with the keyboard alone, and who it is that answers.</summary>
public sealed class ScreenTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 1280, 800)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    [InlineData(ColorScheme.Light, 320, 640)]
    public async Task Every_state_of_the_chat_fits_the_screen(ColorScheme scheme, int width, int height)
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        var chat = await ChatPage.OpenAsync(
            fixture.Chromium, api.Address, Cancel, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        var name = $"{width}-{scheme}".ToLowerInvariant();
        var background = await chat.Page.EvaluateAsync<int>(
            """
            () => {
              const canvas = document.createElement("canvas").getContext("2d");
              canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
              canvas.fillRect(0, 0, 1, 1);
              return canvas.getImageData(0, 0, 1, 1).data[0];
            }
            """);
        Assert.Equal(scheme is ColorScheme.Dark, background < 128);
        await ShowsAsync(chat, $"{name}-empty");

        await chat.SendAsync("Show me everything about tides [emulator first=0 speed=0]");
        await chat.ReplyIsAsync("complete");
        await ShowsAsync(chat, $"{name}-conversation-end");
        await chat.Page.Locator("[data-role=user]").First.ScrollIntoViewIfNeededAsync();
        await ShowsAsync(chat, $"{name}-conversation");

        await chat.SendAsync("[emulator reply=count:20000 speed=100 first=0 reasoning=20]");
        await chat.ReplyIsAsync("streaming", count: 2);
        await chat.LongerThanAsync(200);
        await ShowsAsync(chat, $"{name}-streaming");
        await chat.Page.GetByTestId("stop").ClickAsync();
        await chat.ReplyIsAsync("stopped", count: 2);

        await chat.SendAsync($"{new string('w', 300)} [emulator fault=503]");
        await chat.ReplyIsAsync("failed", count: 3);
        await ShowsAsync(chat, $"{name}-error");
        chat.AssertClean();
    }

    [Fact]
    public async Task On_a_phone_the_list_is_a_drawer()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            HasTouch = true,
            IsMobile = true,
        });
        await chat.SendAsync("[emulator echo=\"Here\" first=0]");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Conversations).ToHaveCountAsync(0);
        await chat.Page.GetByTestId("sidebar-open").TapAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await chat.ShootAsync("phone-drawer");
        await chat.Page.GetByTestId("new-chat").TapAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(0);
        await Expect(chat.Replies).ToHaveCountAsync(0);

        await chat.Page.GetByTestId("sidebar-open").TapAsync();
        await chat.Conversations.GetByRole(AriaRole.Link).TapAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(0);
        await Expect(chat.Text).ToHaveTextAsync("Here");
        await chat.Page.GetByTestId("sidebar-open").TapAsync();
        await chat.Page.GetByTestId("sidebar-close").TapAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(0);
        await chat.AssertFitsAsync();
        chat.AssertClean();
    }

    [Fact]
    public async Task The_keyboard_alone_writes_sends_and_opens_a_conversation()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await Expect(chat.Composer).ToBeFocusedAsync();
        await chat.Page.Keyboard.TypeAsync("[emulator echo=\"By keyboard\" first=0]");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Text).ToHaveTextAsync("By keyboard");
        await chat.ReplyIsAsync("complete");

        await TabToAsync(chat, chat.Page.GetByTestId("new-chat"), "Shift+Tab");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Replies).ToHaveCountAsync(0);
        await Expect(chat.Composer).ToBeFocusedAsync();
        await TabToAsync(chat, chat.Conversations.GetByRole(AriaRole.Link), "Shift+Tab");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Text).ToHaveTextAsync("By keyboard");

        await TabToAsync(chat, chat.Page.GetByTestId("conversation-options"), "Shift+Tab");
        await Expect(chat.Page.GetByTestId("conversation-options")).ToHaveCSSAsync("opacity", "1");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Page.GetByTestId("conversation-options")).ToBeFocusedAsync();
        chat.AssertClean();
    }

    [Fact]
    public async Task The_chosen_theme_outlives_a_reload()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { ColorScheme = ColorScheme.Light });
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await Expect(chat.Page.Locator("html.dark")).ToHaveCountAsync(1);
        await chat.Page.ReloadAsync();
        await chat.ConnectedAsync();
        await Expect(chat.Page.Locator("html.dark")).ToHaveCountAsync(1);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_notice_says_that_the_emulator_answers_and_how_to_set_a_key()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_BASE_URL"] = "", ["GROQ_API_KEY"] = "" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var notice = chat.Page.GetByTestId("emulator-notice");
        await Expect(notice).ToContainTextAsync("offline emulator");
        await notice.GetByRole(AriaRole.Button, new() { Name = "How" }).ClickAsync();
        await Expect(chat.Page.GetByText("GROQ_API_KEY=gsk_…")).ToBeVisibleAsync();
        await chat.ShootAsync("emulator-notice");
        await chat.Page.Keyboard.PressAsync("Escape");
        await chat.SendAsync("What is 6*7?");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Text).ToContainTextAsync("42");
        chat.AssertClean();
    }

    [Fact]
    public async Task No_notice_is_shown_where_a_provider_is_set()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator echo=\"Hello\" first=0]");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Page.GetByTestId("emulator-notice")).ToHaveCountAsync(0);
        chat.AssertClean();
    }

    private static async Task ShowsAsync(ChatPage chat, string name)
    {
        await chat.ShootAsync(name);
        await chat.AssertFitsAsync();
        await Expect(chat.Composer).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private static async Task TabToAsync(ChatPage chat, ILocator target, string key)
    {
        const int mostStops = 40;
        for (var stop = 0; stop < mostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await chat.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{key} does not reach {target}.");
    }
}
