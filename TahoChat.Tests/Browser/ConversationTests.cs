using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>The list of conversations, and the way to each.</summary>
public sealed class ConversationTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_are_begun_renamed_and_deleted()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator echo=\"One\" first=0]");
        await chat.ReplyIsAsync("complete");
        var first = await chat.ConversationAsync();
        await chat.Page.GetByTestId("new-chat").ClickAsync();
        await Expect(chat.Replies).ToHaveCountAsync(0);
        await chat.SendAsync("[emulator echo=\"Two\" first=0]");
        await Expect(chat.Text).ToHaveTextAsync("Two");
        await Expect(chat.Conversations).ToHaveCountAsync(2);

        var item = chat.Page.Locator($"[data-conversation-id='{first}']");
        await item.HoverAsync();
        await item.GetByTestId("conversation-options").ClickAsync();
        await chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" }).ClickAsync();
        await Expect(chat.Page.GetByTestId("rename-input")).ToBeFocusedAsync();
        await chat.Page.GetByTestId("rename-input").FillAsync("About tides");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(item).ToContainTextAsync("About tides");
        await item.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(chat.Text).ToHaveTextAsync("One");
        await Expect(chat.Page.GetByTestId("chat-title")).ToHaveTextAsync("About tides");
        var renamed = await api.Http.GetFromJsonAsync<JsonObject>($"/conversations/{first}", Cancel);
        Assert.Equal("About tides", renamed!.Text("title"));

        await item.HoverAsync();
        await item.GetByTestId("conversation-options").ClickAsync();
        await chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await Expect(chat.Page).ToHaveURLAsync(new Uri(api.Address, "/").ToString());
        await chat.ShootAsync("delete");
        await ApiCalls.UntilAsync(
            async () => (await api.Http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))!.Count, count => count == 1, Cancel);
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_link_to_a_conversation_survives_a_reload()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        using var sent = await api.Http.PostAsJsonAsync("/chat", new { message = "[emulator echo=\"Kept\" first=0]" }, Cancel);
        sent.EnsureSuccessStatusCode();
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/?c=1");
        await Expect(chat.Text).ToHaveTextAsync("Kept");
        await chat.Page.ReloadAsync();
        await Expect(chat.Text).ToHaveTextAsync("Kept");
        Assert.Equal("?c=1", new Uri(chat.Page.Url).Query);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_link_to_a_conversation_that_is_gone_leads_to_a_new_one()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/?c=99");
        await Expect(chat.Page.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
        await chat.Page.GetByRole(AriaRole.Link, new() { Name = "Start a new chat" }).ClickAsync();
        await chat.SendAsync("[emulator echo=\"Begun\" first=0]");
        await Expect(chat.Text).ToHaveTextAsync("Begun");
        // The browser itself writes a 404 on the console.
        chat.AssertClean("404 (Not Found)");
    }

    [Fact]
    public async Task What_another_tab_does_to_the_list_is_seen()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var second = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, beside: first);
        await first.SendAsync("Tides and moons [emulator first=0 speed=0]");
        await Expect(second.Conversations).ToHaveCountAsync(1);
        await Expect(second.Conversations).ToContainTextAsync("Tides", new() { IgnoreCase = true });
        using var deleted = await api.Http.DeleteAsync(new Uri("/conversations/1", UriKind.Relative), Cancel);
        await Expect(first.Conversations).ToHaveCountAsync(0);
        await Expect(second.Conversations).ToHaveCountAsync(0);
        second.AssertClean();
        first.AssertClean();
    }
}
