using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Record;
using TahoChat.Tests.Processes;
using TahoChat.Tests.Telemetry;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A message that the server did not take: put off, refused, or not there to take it.</summary>
public sealed class RefusedSendTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_was_put_off_goes_out_by_itself_when_there_is_room()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:GrowingReplies"] = "1" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync(ApiCalls.Endless);
        await chat.LongerThanAsync(20);
        var first = new Uri(chat.Page.Url).PathAndQuery;
        await chat.Page.GetByTestId("new-chat").ClickAsync();
        await chat.SendAsync("Put off [emulator echo=\"Room\" first=0]");
        await Expect(chat.Pending).ToHaveAttributeAsync("data-status", "postponed");
        await Expect(chat.Pending).ToContainTextAsync("Not sent yet.");
        await chat.ShootAsync("outbox-postponed");

        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: first, beside: chat);
        await other.Page.GetByTestId("stop").ClickAsync();
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Text).ToHaveTextAsync("Room");
        Assert.Single(api.Replies("Put off"));
        chat.AssertClean();
    }

    [Fact]
    public async Task A_message_to_a_conversation_that_was_deleted_can_be_sent_in_a_new_one()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var network = new CuttableNetwork(api.Address);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, network.Address, Cancel);
        await chat.SendAsync("[emulator echo=\"First\" first=0]");
        await chat.ReplyIsAsync("complete");
        network.Cut();
        await chat.DisconnectedAsync();
        await chat.SendAsync("Homeless [emulator echo=\"Second\" first=0]");
        using var deleted = await api.Http.DeleteAsync(new Uri("/conversations/1", UriKind.Relative), Cancel);
        deleted.EnsureSuccessStatusCode();
        network.Restore();

        await Expect(chat.Pending).ToHaveAttributeAsync("data-status", "refused");
        await Expect(chat.Pending).ToContainTextAsync("This conversation no longer exists.");
        await chat.ShootAsync("outbox-refused");
        // It is found again where it can be: in the new chat, on another day too.
        await chat.Page.GotoAsync(network.Address.ToString());
        await Expect(chat.Pending).ToContainTextAsync("Homeless");
        await chat.Page.GetByTestId("try-again").ClickAsync();
        await chat.ReplyIsAsync("complete");
        Assert.Equal("Second", await chat.Text.InnerTextAsync());
        await Expect(chat.Pending).ToHaveCountAsync(0);
        Assert.Single(api.Replies("Homeless"));
        chat.AssertClean("WebSocket connection to", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "404 (Not Found)");
    }

    [Fact]
    public async Task A_refused_text_goes_back_into_the_composer_without_taking_the_place_of_what_is_there()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:SendsPerMinute"] = "1" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator echo=\"One\" first=0]");
        await chat.ReplyIsAsync("complete");
        await chat.SendAsync("Too soon");
        await Expect(chat.Pending).ToContainTextAsync("Trying again in");
        await chat.Composer.FillAsync("and more");
        await chat.ShootAsync("outbox-countdown");
        await chat.Pending.GetByTestId("edit-pending").ClickAsync();
        await Expect(chat.Composer).ToHaveValueAsync("Too soon\n\nand more");
        await Expect(chat.Pending).ToHaveCountAsync(0);
        await chat.Page.ReloadAsync();
        await Expect(chat.Composer).ToHaveValueAsync("Too soon\n\nand more");
        await Expect(chat.Pending).ToHaveCountAsync(0);
        chat.AssertClean();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    [InlineData(ColorScheme.Light, 320, 640)]
    public async Task Whatever_becomes_of_a_message_fits_the_screen(ColorScheme scheme, int width, int height)
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:SendsPerMinute"] = "2" });
        await using var network = new CuttableNetwork(api.Address);
        var chat = await ChatPage.OpenAsync(
            fixture.Chromium, network.Address, Cancel, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        var name = $"outbox-{width}-{scheme}".ToLowerInvariant();
        await chat.SendAsync("[emulator reply=count:20000 speed=20 first=0 reasoning=0]");
        await chat.LongerThanAsync(20);
        await chat.Composer.FillAsync("Typed while the reply grows");
        await ShowsAsync("typed");
        await chat.Composer.PressAsync("Enter");
        await Expect(chat.Pending).ToHaveCountAsync(0);
        await chat.SendAsync("Sent too soon after the one before");
        await Expect(chat.Pending).ToContainTextAsync("Trying again in");
        await ShowsAsync("countdown");

        network.Cut();
        await chat.DisconnectedAsync();
        await chat.Page.GetByTestId("stop").ClickAsync();
        await chat.Pending.GetByTestId("discard-pending").ClickAsync();
        await chat.SendAsync("Typed without a network");
        await chat.SendAsync("And one more");
        await Expect(chat.Pending).ToHaveCountAsync(2);
        await Expect(chat.Page.GetByTestId("connection")).ToContainTextAsync("Reconnecting…");
        await ShowsAsync("pending");

        async Task ShowsAsync(string state)
        {
            await chat.AssertFitsAsync();
            foreach (var button in new[] { "stop", "send" })
                Assert.True((await chat.Page.GetByTestId(button).BoundingBoxAsync())!.Width >= 36);
            await chat.ShootAsync($"{name}-{state}");
        }
    }

    [Fact]
    public async Task A_message_that_was_typed_while_the_server_was_down_goes_out_when_it_is_back()
    {
        await using var groq = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder => builder.Logging.ClearProviders());
        await groq.StartAsync(Cancel);
        using var folder = new ProcessFolder();
        (string, string)[] settings = [("GROQ_BASE_URL", groq.Urls.First()), ("GROQ_API_KEY", Canary.Key)];
        ChatPage chat;
        string port;
        await using (var killed = await ApiProcess.StartAsync(folder, Cancel, [.. settings, ("PORT", "0")]))
        {
            port = killed.Address.Port.ToString(CultureInfo.InvariantCulture);
            chat = await ChatPage.OpenAsync(fixture.Chromium, killed.Address, Cancel);
            await killed.SignalAsync("KILL", Cancel);
            await killed.EndAsync(Cancel);
        }

        await chat.DisconnectedAsync();
        await chat.SendAsync("Later [emulator echo=\"Back\" first=0]");
        await Expect(chat.Pending).ToContainTextAsync("It goes out when the connection is back.");
        await using var api = await ApiProcess.StartAsync(folder, Cancel, [.. settings, ("PORT", port)]);
        await chat.ReplyIsAsync("complete");
        using var http = api.Http();
        var conversations = (await http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))!;
        Assert.Equal(2, Assert.Single(conversations)!["message_count"]!.GetValue<int>());
        Assert.Single(groq.Services.GetRequiredService<EmulatorRecord>().Requests, request =>
            request is { Method: "POST", Stream: true } && request.Body.Contains("Later", StringComparison.Ordinal));
        chat.AssertClean("ERR_CONNECTION", "WebSocket connection to");
    }
}
