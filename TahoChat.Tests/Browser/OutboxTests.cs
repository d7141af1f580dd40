using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A message typed is never gone, and goes out once.</summary>
public sealed class OutboxTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string Prompt = "Only once, please [emulator echo=\"Once\" first=0]";

    // The browser's own words on its console for a network that is cut.
    private static readonly string[] _cutErrors = ["WebSocket connection to", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_was_typed_without_a_network_survives_a_reload_and_is_sent_and_answered_once()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        await chat.Composer.FillAsync(Prompt);
        network.Cut();
        await chat.DisconnectedAsync();
        await chat.Composer.PressAsync("Enter");
        await Expect(chat.Pending).ToContainTextAsync("It goes out when the connection is back.");
        await chat.ShootAsync("outbox-pending");

        await chat.Page.ReloadAsync();
        await Expect(chat.Pending).ToContainTextAsync("Only once, please");
        await Expect(chat.Composer).ToHaveValueAsync("");
        Assert.Empty(api.Replies());
        network.Restore();
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Pending).ToHaveCountAsync(0);
        await AssertOnceAsync(api, chat);
        await chat.Page.ReloadAsync();
        await chat.ReplyIsAsync("complete");
        await AssertOnceAsync(api, chat);
        chat.AssertClean(_cutErrors);
    }

    [Fact]
    public async Task Messages_that_were_typed_without_a_network_arrive_in_their_order()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        network.Cut();
        await chat.DisconnectedAsync();
        string[] texts = ["First", "Second", "Third"];
        foreach (var text in texts) await chat.SendAsync($"{text} [emulator echo=\"{text}\" first=0]");
        await Expect(chat.Pending).ToHaveCountAsync(3);
        await Expect(chat.Pending.Last).ToContainTextAsync("It follows the message before it.");
        network.Restore();
        await chat.ReplyIsAsync("complete", count: 3);
        await Expect(chat.Replies.GetByTestId("message-content")).ToHaveTextAsync(texts);
        Assert.Single((await api.Http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))!);
        chat.AssertClean(_cutErrors);
    }

    [Fact]
    public async Task A_page_that_is_killed_before_the_answer_came_leaves_a_message_that_is_there_once()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var killed = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        network.Mute();
        await killed.SendAsync(Prompt);
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Replies("Only once")), posts => posts.Count > 0, Cancel);
        await killed.CrashAsync(Cancel);

        network.Restore();
        var chat = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel, beside: killed);
        await chat.ReplyIsAsync("complete");
        await AssertOnceAsync(api, chat);
        chat.AssertClean(_cutErrors);
    }

    [Fact]
    public async Task Two_tabs_that_share_a_message_send_it_once()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var first = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        var second = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel, beside: first);
        network.Cut();
        await first.DisconnectedAsync();
        await first.SendAsync(Prompt);
        await second.Page.ReloadAsync();
        await Expect(second.Pending).ToContainTextAsync("Only once, please");
        network.Restore();
        foreach (var tab in new[] { first, second })
        {
            await tab.ReplyIsAsync("complete");
            await Expect(tab.Pending).ToHaveCountAsync(0);
            await AssertOnceAsync(api, tab);
            tab.AssertClean(_cutErrors);
        }
    }

    [Fact]
    public async Task A_message_of_a_tab_that_was_closed_is_sent_by_the_one_that_is_open()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var closed = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        var open = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel, beside: closed);
        network.Cut();
        await closed.DisconnectedAsync();
        await closed.SendAsync(Prompt);
        await Expect(closed.Pending).ToHaveCountAsync(1);
        await closed.Page.CloseAsync();
        network.Restore();
        await open.ReplyIsAsync("complete");
        await AssertOnceAsync(api, open);
        open.AssertClean(_cutErrors);
    }

    [Fact]
    public async Task A_stop_without_a_network_holds_when_it_is_back()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        await chat.SendAsync(ApiCalls.Endless);
        await chat.LongerThanAsync(20);
        network.Cut();
        await chat.DisconnectedAsync();
        await chat.Page.GetByTestId("stop").ClickAsync();
        await Expect(chat.Page.GetByText("Stopping the reply…")).ToBeVisibleAsync();
        network.Restore();
        await chat.ReplyIsAsync("stopped");
        Assert.Equal("stopped", (await chat.KeptAsync(api.Http, Cancel)).Text("status"));
        chat.AssertClean(_cutErrors);
    }

    [Fact]
    public async Task A_browser_that_goes_offline_says_so_and_comes_back_at_once()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        network.Mute();
        await chat.Page.Context.SetOfflineAsync(true);
        await Expect(chat.Page.GetByTestId("connection")).ToContainTextAsync("You are offline", new() { Timeout = 5000 });
        network.Restore();
        await chat.Page.Context.SetOfflineAsync(false);
        await chat.ConnectedAsync();
        await chat.SendAsync(Prompt);
        await chat.ReplyIsAsync("complete");
        chat.AssertClean([.. _cutErrors, "ERR_INTERNET_DISCONNECTED"]);
    }

    /// <summary>One turn of two rows, asked of the provider once.</summary>
    private static async Task AssertOnceAsync(TestApi api, ChatPage chat)
    {
        await Expect(chat.Page.Locator("[data-testid=message][data-role=user]")).ToHaveCountAsync(1);
        var conversations = (await api.Http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))!;
        Assert.Equal(2, Assert.Single(conversations)!["message_count"]!.GetValue<int>());
        Assert.Single(api.Replies("Only once"));
    }
}
