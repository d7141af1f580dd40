using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A person chooses who answers, and sees what the account has left and what the provider makes them wait for.</summary>
public sealed class ModelTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string Small = "openai/gpt-oss-20b";
    private const string Seeing = "qwen/qwen3.8-27b";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chosen_model_and_effort_answer_here_in_every_tab_and_in_the_next_chat()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var picker = chat.Page.GetByTestId("model-picker");
        await Expect(picker).ToHaveAccessibleNameAsync("Model: GPT OSS 120B");

        await picker.FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        var option = chat.Page.Locator($"[data-testid=model-option][data-model='{Seeing}']");
        await Expect(option).ToContainTextAsync("131K");
        await Expect(option).ToContainTextAsync("vision");
        await chat.ShootAsync("picker");
        await chat.Page.Locator($"[data-testid=model-option][data-model='{Small}']").ClickAsync();
        await Expect(picker).ToHaveAccessibleNameAsync("Model: GPT OSS 20B");
        await picker.ClickAsync();
        await chat.Page.GetByTestId("effort-menu").ClickAsync();
        await Expect(chat.Page.GetByTestId("effort-option")).ToHaveTextAsync(["Automatic", "Low", "Medium", "High"]);
        await chat.ShootAsync("effort");
        await chat.Page.GetByTestId("effort-option").Filter(new() { HasText = "Low" }).ClickAsync();
        await Expect(picker).ToHaveAccessibleNameAsync("Model: GPT OSS 20B, effort Low");
        await chat.SendAsync("Hello [emulator reasoning=20 tokens=20]");
        await chat.ReplyIsAsync("complete");
        Assert.Equal(Small, (await chat.KeptAsync(api.Http, Cancel)).Text("model"));
        await Expect(chat.LastReply.GetByTestId("reply-meta")).ToContainTextAsync(Small);

        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: $"/?c={await chat.ConversationAsync()}", beside: chat);
        await Expect(other.Page.GetByTestId("model-picker")).ToHaveAccessibleNameAsync("Model: GPT OSS 20B, effort Low");
        await other.Page.GetByTestId("model-picker").ClickAsync();
        await other.Page.Locator($"[data-testid=model-option][data-model='{Seeing}']").ClickAsync();
        await Expect(picker).ToHaveAccessibleNameAsync("Model: Qwen 3.8 27B");
        await chat.SendAsync("And now? [emulator tokens=20]");
        await chat.ReplyIsAsync("complete", 2);
        Assert.Equal(Seeing, (await chat.KeptAsync(api.Http, Cancel)).Text("model"));

        await chat.LastReply.GetByTestId("regenerate-with").ClickAsync();
        await chat.Page.Locator($"[data-testid=model-option][data-model='{Small}']").ClickAsync();
        await Expect(chat.LastReply.GetByTestId("reply-meta")).ToContainTextAsync(Small);
        await Expect(picker).ToHaveAccessibleNameAsync("Model: Qwen 3.8 27B");

        await chat.Page.GotoAsync(api.Address.ToString());
        await Expect(chat.Page.GetByTestId("model-picker")).ToHaveAccessibleNameAsync("Model: Qwen 3.8 27B");
        chat.AssertClean();
    }

    [Fact]
    public async Task Thoughts_are_folded_and_say_how_long_they_took_also_after_a_reload()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var thoughts = chat.LastReply.GetByTestId("reasoning");
        await chat.SendAsync("Think [emulator reasoning=60 tokens=40 speed=25]");
        await Expect(thoughts.Locator("summary")).ToHaveTextAsync(new Regex("^Thinking…[1-9] s$"));
        await chat.ShootAsync("thinking");
        await chat.ReplyIsAsync("complete");

        await Expect(thoughts.Locator("summary")).ToHaveTextAsync(new Regex("^Thought for [1-9]"));
        var told = await thoughts.Locator("summary").InnerTextAsync();
        await chat.Page.ReloadAsync();
        await Expect(thoughts.Locator("summary")).ToHaveTextAsync(told);
        await Expect(thoughts).Not.ToHaveAttributeAsync("open", "");
        await thoughts.Locator("summary").FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(thoughts).ToHaveAttributeAsync("open", "");
        chat.AssertClean();
    }

    [Fact]
    public async Task What_the_account_has_left_is_shown_once_the_provider_tells_it()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await Expect(chat.Page.GetByTestId("model-picker")).ToBeVisibleAsync();
        await Expect(chat.Page.GetByTestId("limit-meter")).ToHaveCountAsync(0);

        await chat.SendAsync("Hello [emulator tokens=20]");
        await chat.ReplyIsAsync("complete");

        await Expect(chat.Page.GetByTestId("limit-meter")).ToHaveAccessibleNameAsync(new Regex("tokens left this minute, .* requests left today"));
        await chat.Page.GetByTestId("limit-meter").ClickAsync();
        await Expect(chat.Page.GetByTestId("limit-details").GetByRole(AriaRole.Meter)).ToHaveCountAsync(2);
        await chat.ShootAsync("limits");
        await chat.Page.Keyboard.PressAsync("Escape");
        await chat.AssertFitsAsync();
        chat.AssertClean();
    }

    [Fact]
    public async Task A_message_that_does_not_fit_the_account_is_told_before_it_is_sent()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { ViewportSize = new() { Width = 390, Height = 780 } });
        await chat.SendAsync("Hello [emulator tokens=20]");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Page.GetByTestId("limit-meter")).ToBeVisibleAsync();

        await chat.Composer.FillAsync(string.Concat(Enumerable.Repeat("Tides come and go. ", 1600)));

        await Expect(chat.Page.GetByTestId("limit-warning")).ToHaveAttributeAsync("data-kind", "too_large");
        await chat.ShootAsync("too-large-390");
        await chat.AssertFitsAsync();
        chat.AssertClean();
    }

    [Fact]
    public async Task A_short_limit_is_waited_out_before_the_eyes_and_a_long_one_names_its_time()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { ViewportSize = new() { Width = 390, Height = 780 }, ColorScheme = ColorScheme.Dark });

        await chat.SendAsync("Short [emulator fault=429 retry_after=6 fails=1 tokens=20]");
        await Expect(chat.LastReply.GetByTestId("reply-wait")).ToContainTextAsync(new Regex("limit is reached. Trying again in [1-7] s"));
        await chat.ShootAsync("wait-390-dark");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.LastReply.GetByTestId("reply-wait")).ToHaveCountAsync(0);

        await chat.SendAsync("Long [emulator fault=429 retry_after=3600]");
        await chat.ReplyIsAsync("failed", 2);
        var error = chat.LastReply.GetByTestId("reply-error");
        await Expect(error).ToContainTextAsync("Free again");
        await Expect(error.GetByTestId("try-again")).ToBeDisabledAsync();
        await chat.ShootAsync("long-390-dark");
        await chat.Page.ReloadAsync();
        await Expect(error).ToContainTextAsync("Free again");

        await chat.Page.GetByTestId("model-picker").ClickAsync();
        await chat.ShootAsync("picker-390-dark");
        await chat.Page.Locator($"[data-testid=model-option][data-model='{Small}']").ClickAsync();
        await Expect(error.GetByTestId("try-again")).ToBeEnabledAsync();
        await chat.AssertFitsAsync();
        chat.AssertClean();
    }
}
