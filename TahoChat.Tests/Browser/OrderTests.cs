using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Pins, the archive, tags and the trash, in two tabs.</summary>
public sealed class OrderTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_are_pinned_tagged_and_archived_and_every_tab_sees_it()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        foreach (var title in new[] { "One", "Two", "Three" }) await CreateAsync(api, title);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/?c=2");
        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, beside: chat);
        var page = chat.Page;
        await Expect(chat.Conversations).ToContainTextAsync(["Three", "Two", "One"]);

        await MenuAsync(chat, 1, "Pin");
        await SeenByBothAsync("One", "Three", "Two");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Pinned" })).ToBeVisibleAsync();

        await MenuAsync(chat, 1, "Tags…");
        await page.GetByTestId("tag-field").FillAsync("Sea, Zeit");
        await page.GetByTestId("tag-add").ClickAsync();
        await Expect(page.GetByTestId("tag-remove")).ToHaveTextAsync(["Sea", "Zeit"]);
        await page.GetByTestId("tag-field").FillAsync("Third");
        await chat.ShootAsync("tags");
        await page.GetByTestId("tag-field").PressAsync("Enter");
        await Expect(Item(chat, 1).GetByTestId("tags")).ToHaveTextAsync("Sea · Third · Zeit");
        await Expect(other.Page.GetByTestId("tag-chip")).ToHaveTextAsync(["Sea", "Third", "Zeit"]);
        await page.GetByTestId("tag-chip").First.ClickAsync();
        await Expect(chat.Conversations).ToContainTextAsync(["One"]);
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await chat.ShootAsync("tagged");
        await page.GetByTestId("tag-chip").First.ClickAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(3);

        // What is shown is archived by its keys, and stays shown.
        await page.Keyboard.PressAsync("Alt+Shift+A");
        await SeenByBothAsync("One", "Three");
        await Expect(page.GetByTestId("chat-title")).ToHaveTextAsync("Two");
        await page.GetByTestId("archive-open").ClickAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await Expect(chat.Conversations).ToContainTextAsync("Two");
        await chat.ShootAsync("archive");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(0);
        await page.GetByTestId("archive-close").ClickAsync();
        await SeenByBothAsync("One", "Three", "Two");
        // A new message brings it back, too.
        await page.Keyboard.PressAsync("Alt+Shift+A");
        await SeenByBothAsync("One", "Three");
        await chat.SendAsync("[emulator echo=\"Back\" first=0]");
        await SeenByBothAsync("One", "Two", "Three");

        // What the server does not take is taken back.
        await page.RouteAsync("**/conversations/3", route => route.FulfillAsync(new() { Status = 503 }));
        await MenuAsync(chat, 3, "Pin");
        await Expect(page.GetByText("“Three” was not changed.")).ToBeVisibleAsync();
        await SeenByBothAsync("One", "Two", "Three");
        other.AssertClean();
        chat.AssertClean("503");

        async Task SeenByBothAsync(params string[] titles)
        {
            foreach (var tab in new[] { chat, other })
            {
                await Expect(tab.Conversations).ToHaveCountAsync(titles.Length);
                await Expect(tab.Conversations).ToContainTextAsync(titles);
            }
        }
    }

    [Fact]
    public async Task What_is_deleted_waits_in_the_trash_and_goes_for_good_only_when_that_was_asked_twice()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        foreach (var title in new[] { "One", "Two", "Three", "Four" }) await CreateAsync(api, title);
        using var sent = await api.Http.PostAsJsonAsync("/chat", new { message = "[emulator echo=\"Still here\" first=0]", conversation_id = 1 }, Cancel);
        sent.EnsureSuccessStatusCode();
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/?c=1", beside: chat);
        await Expect(other.Text).ToHaveTextAsync("Still here");
        var page = chat.Page;

        foreach (var id in new[] { 1, 2, 3 }) await MenuAsync(chat, id, "Delete");
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
        await page.GetByTestId("trash-link").ClickAsync();
        var rows = page.GetByTestId("trashed");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.First).ToContainTextAsync("Three");
        await Expect(rows.First.GetByTestId("gone-in")).ToHaveTextAsync("gone in 30 days");
        await chat.ShootAsync("trash");

        // Who has it open elsewhere has it again.
        await rows.Last.GetByRole(AriaRole.Button, new() { NameRegex = new("^Restore") }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(chat.Conversations).ToHaveCountAsync(2);
        await Expect(other.Text).ToHaveTextAsync("Still here");

        await rows.First.GetByRole(AriaRole.Button, new() { NameRegex = new("^Delete for ever") }).ClickAsync();
        await page.GetByTestId("purge-dialog").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByTestId("purge-dialog")).ToHaveCountAsync(0);
        await rows.First.GetByRole(AriaRole.Button, new() { NameRegex = new("^Delete for ever") }).ClickAsync();
        await chat.ShootAsync("purge");
        await page.GetByTestId("purge-confirm").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await ApiCalls.UntilAsync(() => TrashedAsync(api), titles => titles is ["Two"], Cancel);
        await page.GetByTestId("trash-empty").ClickAsync();
        await page.GetByTestId("purge-confirm").ClickAsync();
        await Expect(page.GetByTestId("trash-none")).ToBeVisibleAsync();
        await ApiCalls.UntilAsync(() => TrashedAsync(api), titles => titles is [], Cancel);

        await page.SetViewportSizeAsync(320, 640);
        await chat.AssertFitsAsync();
        other.AssertClean();
        chat.AssertClean();
    }

    private static ILocator Item(ChatPage chat, long id) => chat.Page.Locator($"[data-conversation-id='{id}']");

    private static async Task MenuAsync(ChatPage chat, long id, string name)
    {
        await Item(chat, id).HoverAsync();
        await Item(chat, id).GetByTestId("conversation-options").ClickAsync();
        await chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true }).ClickAsync();
    }

    private static async Task CreateAsync(TestApi api, string title)
    {
        using var created = await api.Http.PostAsJsonAsync("/conversations", new { title }, Cancel);
        created.EnsureSuccessStatusCode();
    }

    private static async Task<List<string?>> TrashedAsync(TestApi api) =>
        [.. (await api.Http.GetFromJsonAsync<JsonArray>("/trash", Cancel))!.Select(item => item!.AsObject().Text("title"))];
}
