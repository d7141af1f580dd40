using Microsoft.Playwright;
using TahoChat.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Tools;

/// <summary>A person sees what tools are called, allows one, and switches another off. The emulator's replies call them.</summary>
public sealed class ToolBrowserTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_allows_a_tool_of_an_MCP_server_with_the_keyboard_and_sees_its_result()
    {
        await using var api = await TestApi.StartAsync(Cancel, EverythingServer.Settings());
        await api.McpReadyAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("""Add them [emulator tool=everything__get-sum args={"a":2,"b":40} before="Let me add."]""");
        var call = chat.LastReply.GetByTestId("tool-call");
        await Expect(call).ToHaveAttributeAsync("data-state", "asking", new() { Timeout = 30_000 });
        await Expect(call).ToContainTextAsync("get-sum");
        await Expect(call).ToContainTextAsync("\"b\": 40");
        await Expect(chat.Page.GetByTestId("reply-status")).ToContainTextAsync("get-sum asks for your leave");
        await chat.ShootAsync("tool-asking");

        // A reload asks again.
        await chat.Page.ReloadAsync();
        await Expect(call).ToHaveAttributeAsync("data-state", "asking", new() { Timeout = 30_000 });
        await call.GetByTestId("tool-allow").FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.ReplyIsAsync("complete");

        await Expect(call).ToHaveAttributeAsync("data-state", "done");
        await Expect(call.GetByLabel("Result")).ToBeHiddenAsync();
        await call.Locator("summary").ClickAsync();
        await Expect(call.GetByLabel("Result")).ToContainTextAsync("42");
        await Expect(chat.Text).ToContainTextAsync("Let me add.");
        await chat.ShootAsync("tool-done");
        await chat.AssertFitsAsync();
        chat.AssertClean();
    }

    [Fact]
    public async Task What_a_tool_says_is_shown_as_text_and_the_menu_switches_tools()
    {
        await using var api = await TestApi.StartAsync(Cancel, EverythingServer.Settings("echo"));
        await api.McpReadyAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("""Say it [emulator tool=everything__echo args={"message":"<img src=x onerror=alert(1)> **bold**"}]""");
        await chat.ReplyIsAsync("complete");
        var call = chat.LastReply.GetByTestId("tool-call");
        await call.Locator("summary").ClickAsync();
        await Expect(call.GetByLabel("Result")).ToContainTextAsync("<img src=x onerror=alert(1)> **bold**");
        Assert.Equal(0, await call.Locator("img, strong").CountAsync());

        await chat.Page.GetByTestId("tools-menu").ClickAsync();
        await Expect(chat.Page.GetByTestId("tool-group")).ToHaveCountAsync(2);
        await Expect(chat.Page.GetByTestId("tool-group").Last).ToContainTextAsync("Connected");
        await chat.ShootAsync("tools-menu");
        await chat.Page.Locator("[data-name=calculator]").GetByRole(AriaRole.Switch).ClickAsync();
        await ApiCalls.UntilAsync(
            async () => (await api.CallAsync("GET", "/tools", Cancel)).Json["tools"]!.AsArray().Single(tool => (string)tool!["name"]! == "calculator")!,
            tool => !(bool)tool["enabled"]!, Cancel);
        chat.AssertClean();
    }
}
