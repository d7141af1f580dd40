using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>What a person sets a conversation to, keeps to use again, and calls back into the composer.</summary>
public sealed class ComposingTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string Sailor = "Answer like a sailor.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_made_by_keyboard_reach_the_provider_and_other_tabs_and_can_be_taken_back()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var (page, button) = (chat.Page, chat.Page.GetByTestId("settings-button"));
        await Expect(button).ToHaveAccessibleNameAsync("Conversation settings");

        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("conversation-settings")).ToBeVisibleAsync();
        await page.GetByTestId("system-prompt").FillAsync(Sailor);
        await page.Keyboard.PressAsync("Tab");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Temperature" }).PressAsync("ArrowLeft");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Longest reply" }).PressAsync("ArrowLeft");
        await chat.ShootAsync("settings");
        await page.GetByTestId("presets").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Save as a preset" }).ClickAsync();
        await page.GetByTestId("preset-name").FillAsync("Sailor");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("preset-form")).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        await Expect(button).ToHaveAccessibleNameAsync("Conversation settings, 3 changed");

        await page.ReloadAsync();
        await chat.ConnectedAsync();
        await Expect(button).ToHaveAccessibleNameAsync("Conversation settings, 3 changed");
        await chat.SendAsync("Set like this [emulator tokens=5]");
        await chat.ReplyIsAsync("complete");
        var asked = JsonNode.Parse(api.Replies("Set like this").Single().Body)!.AsObject();
        Assert.Equal(("system", Sailor), ((string)asked["messages"]![0]!["role"]!, (string)asked["messages"]![0]!["content"]!));
        Assert.Equal((0.9, 2048), ((double)asked["temperature"]!, (int)asked["max_completion_tokens"]!));

        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: $"/?c={await chat.ConversationAsync()}", beside: chat);
        await Expect(other.Page.GetByTestId("settings-button")).ToHaveAccessibleNameAsync("Conversation settings, 3 changed");
        await other.Page.GetByTestId("settings-button").ClickAsync();
        await Expect(other.Page.GetByTestId("system-prompt")).ToHaveValueAsync(Sailor);
        await other.Page.GetByTestId("reset-settings").ClickAsync();
        await Expect(button).ToHaveAccessibleNameAsync("Conversation settings");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(button).ToHaveAccessibleNameAsync("Conversation settings, 3 changed");

        await page.GotoAsync(api.Address.ToString());
        await Expect(button).ToHaveAccessibleNameAsync("Conversation settings");
        await button.ClickAsync();
        await page.GetByTestId("presets").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sailor" }).ClickAsync();
        await Expect(page.GetByTestId("system-prompt")).ToHaveValueAsync(Sailor);
        await page.SetViewportSizeAsync(320, 568);
        await chat.AssertFitsAsync();
        await chat.ShootAsync("settings-320");
        chat.AssertClean();
        other.AssertClean();
    }

    [Fact]
    public async Task A_slash_finds_presets_and_commands_and_the_up_key_what_was_sent()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await api.CallAsync("POST", "/prompts", Cancel, """{"name":"Sum up","kind":"message","text":"Sum this up:\n"}""");
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var (page, options) = (chat.Page, chat.Page.GetByTestId("slash-option"));

        await chat.Composer.PressSequentiallyAsync("/s");
        await Expect(options.First).ToContainTextAsync("/sum-up");
        await chat.ShootAsync("slash");
        await Expect(chat.Composer).ToHaveAttributeAsync("aria-activedescendant", new Regex("^slash-prompt-"));
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await Expect(chat.Composer).ToHaveValueAsync("Sum this up:\n");
        await Expect(chat.Composer).ToBeFocusedAsync();
        await chat.SendAsync("First [emulator tokens=5]");
        await chat.ReplyIsAsync("complete");

        await chat.Composer.FillAsync("/mo");
        await page.Keyboard.PressAsync("Escape");
        await Expect(options).ToHaveCountAsync(0);
        await Expect(chat.Composer).ToHaveValueAsync("/mo");
        await chat.SendAsync("/etc/passwd");
        await chat.ReplyIsAsync("complete", 2);
        await Expect(chat.Composer).ToHaveValueAsync("");

        await chat.Composer.FillAsync("half a thought");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(chat.Composer).ToHaveValueAsync("/etc/passwd");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(chat.Composer).ToHaveValueAsync("First [emulator tokens=5]");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Escape");
        await Expect(chat.Composer).ToHaveValueAsync("half a thought");

        await chat.Composer.FillAsync("/presets");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("preset")).ToHaveCountAsync(1);
        await chat.ShootAsync("presets");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Sum up" }).ClickAsync();
        await Expect(page.GetByTestId("preset")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("new-preset")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo", IncludeHidden = true }).DispatchEventAsync("click");
        await Expect(page.GetByTestId("preset")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");

        await chat.Composer.FillAsync("/system");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("conversation-settings")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("localStorage.setItem('tahochat.sendKey', 'mod-enter'); dispatchEvent(new Event('storage'))");
        await chat.Composer.FillAsync("Third [emulator tokens=5]");
        await chat.Composer.PressAsync("Enter");
        await Expect(chat.Composer).ToHaveValueAsync("Third [emulator tokens=5]\n");
        await chat.Composer.PressAsync("Control+Enter");
        await chat.ReplyIsAsync("complete", 3);
        chat.AssertClean();
    }
}
