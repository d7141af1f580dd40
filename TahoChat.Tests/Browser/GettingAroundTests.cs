using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>The palette, the keys, undoing, the settings, and the way between the pages.</summary>
public sealed partial class GettingAroundTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const int More = 59;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_the_keyboard_alone_one_gets_everywhere_and_never_loses_the_focus()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await CreateAsync(api, "Über die Gezeiten");
        for (var i = 0; i < More; i++) await CreateAsync(api, $"Number {i}");
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var (page, keys) = (chat.Page, chat.Page.Keyboard);
        var overview = page.GetByTestId("shortcuts");
        var palette = page.GetByTestId("palette");
        var title = page.GetByTestId("title-menu");
        await Expect(chat.Conversations).ToHaveCountAsync(50);

        // The first one is on no page of the list that is loaded.
        await keys.PressAsync("Control+k");
        await Expect(page.GetByTestId("palette-input")).ToBeFocusedAsync();
        await Expect(page.GetByTestId("palette-entry").First).ToContainTextAsync($"Number {More - 1}");
        await chat.ShootAsync("palette");
        await keys.TypeAsync("ÜBER");
        await Expect(page.GetByTestId("palette-entry")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("palette-entry")).ToContainTextAsync("Über die Gezeiten");
        await keys.PressAsync("Enter");
        await Expect(palette).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("chat-title")).ToHaveTextAsync("Über die Gezeiten");
        Assert.Equal(1, await chat.ConversationAsync());
        await Expect(chat.Composer).ToBeFocusedAsync();
        await keys.PressAsync("Control+k");
        await Expect(palette).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(palette).ToHaveCountAsync(0);
        await Expect(chat.Composer).ToBeFocusedAsync();

        // A sign is a sign while one writes, and a shortcut elsewhere.
        await keys.TypeAsync("?");
        await Expect(chat.Composer).ToHaveValueAsync("?");
        await title.FocusAsync();
        await keys.PressAsync("?");
        await Expect(overview).ToBeVisibleAsync();
        await chat.ShootAsync("shortcuts");
        await keys.PressAsync("Escape");
        await Expect(overview).ToHaveCountAsync(0);
        await Expect(title).ToBeFocusedAsync();

        await keys.PressAsync("F2");
        await Expect(page.GetByTestId("rename-input")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(title).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.GetByTestId("rename-input")).ToBeFocusedAsync();
        await page.GetByTestId("rename-input").FillAsync("About tides");
        await keys.PressAsync("Enter");
        await Expect(page.GetByTestId("chat-title")).ToHaveTextAsync("About tides");
        await Expect(title).ToBeFocusedAsync();
        var renamed = await api.Http.GetFromJsonAsync<JsonObject>("/conversations/1", Cancel);
        Assert.Equal("About tides", renamed!.Text("title"));

        // The list goes on where its end comes near.
        await page.Locator("[data-scrolls]").EvaluateAsync("(list) => list.scrollTo(0, list.scrollHeight)");
        await Expect(chat.Conversations).ToHaveCountAsync(More + 1);

        await keys.PressAsync("Control+b");
        await Expect(page.GetByTestId("sidebar-close")).ToHaveCountAsync(0);
        await keys.PressAsync("Control+b");
        await Expect(page.GetByTestId("sidebar-close")).ToBeVisibleAsync();
        Assert.NotEqual("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        chat.AssertClean();
    }

    [Fact]
    public async Task What_was_deleted_can_be_had_back_at_once_and_is_in_the_trash_when_the_page_is_closed()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await CreateAsync(api, "To be kept");
        await CreateAsync(api, "To be deleted");
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/?c=2");
        var page = chat.Page;
        await Expect(page.GetByTestId("chat-title")).ToHaveTextAsync("To be deleted");

        await page.Keyboard.PressAsync("Control+Shift+Backspace");
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Uri(api.Address, "/").ToString());
        await ApiCalls.UntilAsync(() => CountAsync(api), count => count == 1, Cancel);
        using var other = await api.Http.PutAsJsonAsync("/conversations/1/title", new { title = "Kept" }, Cancel);
        other.EnsureSuccessStatusCode();
        await Expect(chat.Conversations).ToHaveTextAsync(["Kept"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByTestId("chat-title")).ToHaveTextAsync("To be deleted");
        await Expect(chat.Conversations).ToHaveCountAsync(2);
        Assert.Equal(2, await chat.ConversationAsync());
        await Expect(chat.Composer).ToBeFocusedAsync();
        Assert.Equal(2, await CountAsync(api));

        await page.Keyboard.PressAsync("Control+Shift+Backspace");
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await ApiCalls.UntilAsync(() => CountAsync(api), count => count == 1, Cancel);
        chat.AssertClean();
        await page.GotoAsync("about:blank");
        Assert.Equal("Kept", (await api.Http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))![0]!.AsObject().Text("title"));
        Assert.Equal("To be deleted", (await api.Http.GetFromJsonAsync<JsonArray>("/trash", Cancel))![0]!.AsObject().Text("title"));
    }

    [Fact]
    public async Task The_settings_are_kept_and_back_and_forward_lead_through_the_pages()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await CreateAsync(api, "About tides");
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/?c=1");
        var page = chat.Page;
        var html = page.Locator("html");
        await page.GetByTestId("settings-link").ClickAsync();
        await Expect(page.GetByTestId("settings")).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("Settings · TahoChat");

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Size of text" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Large" }).ClickAsync();
        await Expect(html).ToHaveAttributeAsync("data-text", "large");
        Assert.Equal("19px", await html.EvaluateAsync<string>("(html) => getComputedStyle(html).fontSize"));
        await page.GetByRole(AriaRole.Switch, new() { Name = "Less motion" }).ClickAsync();
        await Expect(html).ToHaveAttributeAsync("data-motion", "reduced");
        await page.GetByTestId("settings").GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(html).ToHaveClassAsync(Dark());
        await chat.ShootAsync("settings");

        await page.GetByTestId("figures-link").ClickAsync();
        await Expect(page.GetByTestId("figures")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByTestId("settings")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByTestId("chat-title")).ToHaveTextAsync("About tides");
        await page.GoForwardAsync();
        await Expect(page.GetByTestId("settings")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Language" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "العربية" }).ClickAsync();
        await Expect(html).ToHaveAttributeAsync("dir", "rtl");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("settings")).ToBeVisibleAsync();
        await Expect(html).ToHaveAttributeAsync("lang", "ar");
        await Expect(html).ToHaveAttributeAsync("data-text", "large");
        await Expect(html).ToHaveAttributeAsync("data-motion", "reduced");
        await Expect(html).ToHaveClassAsync(Dark());
        await chat.ShootAsync("settings-arabic");

        await page.Locator("a[href='/about/']").ClickAsync();
        await Expect(page.GetByTestId("about")).ToContainTextAsync("1.0.0");
        await chat.AssertFitsAsync();
        chat.AssertClean();
    }

    private static async Task CreateAsync(TestApi api, string title)
    {
        using var created = await api.Http.PostAsJsonAsync("/conversations", new { title }, Cancel);
        created.EnsureSuccessStatusCode();
    }

    private static async Task<int> CountAsync(TestApi api) =>
        (await api.Http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))!.Count;

    [GeneratedRegex(@"\bdark\b")]
    private static partial Regex Dark();
}
