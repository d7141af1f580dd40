using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A person asks what a reply took.</summary>
public sealed class ReceiptTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receipt_opens_by_the_keyboard_and_says_the_same_after_a_reload()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?>
        {
            ["GROQ_MAX_RETRIES"] = "0",
            ["PRICES"] = "openai/gpt-oss-120b=0.15/0.60/0.075",
            ["DASHBOARD_URL"] = "http://localhost:15888",
        });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator reply=count:60 reasoning=20 speed=150 first=200]");
        await chat.ReplyIsAsync("complete");
        var kept = await chat.KeptAsync(api.Http, Cancel);

        var receipt = await OpenAsync(chat);
        var told = await receipt.InnerTextAsync();
        await AssertTellsAsync(receipt, kept);
        await chat.ShootAsync("receipt");
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(receipt).ToHaveCountAsync(0);
        await Expect(Line(chat)).ToBeFocusedAsync();

        await chat.Page.ReloadAsync();
        await chat.ReplyIsAsync("complete");
        Assert.Equal(told, await (await OpenAsync(chat)).InnerTextAsync());
        await chat.Page.Keyboard.PressAsync("Escape");

        await chat.Page.SetViewportSizeAsync(320, 640);
        await chat.SendAsync("[emulator fault=503]");
        await chat.ReplyIsAsync("failed", count: 2);
        var failed = await OpenAsync(chat);
        await Expect(failed.Locator("[data-row=attempts]")).ToBeVisibleAsync();
        await Expect(failed).ToContainTextAsync("Failed: provider_overloaded");
        await chat.AssertFitsAsync();
        await chat.ShootAsync("receipt-failed-320");
        chat.AssertClean();
    }

    private static ILocator Line(ChatPage chat) => chat.LastReply.GetByRole(AriaRole.Button, new() { Name = "Receipt" });

    private static async Task<ILocator> OpenAsync(ChatPage chat)
    {
        await Line(chat).FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        var receipt = chat.Page.GetByRole(AriaRole.Dialog, new() { Name = "Receipt" });
        await Expect(receipt).ToBeVisibleAsync();
        return receipt;
    }

    private static async Task AssertTellsAsync(ILocator receipt, JsonObject kept)
    {
        foreach (var row in (string[])["own", "queue", "prompt", "way", "reasoning", "writing"])
        {
            // A cell's time, in words: bars say nothing to who does not see them.
            await Expect(receipt.Locator($"[data-row={row}] td").Last).ToHaveTextAsync(new Regex(@"^(< )?\d[\d.]* (ms|s)$"));
        }

        var usage = kept["usage"]!;
        foreach (var name in (string[])["prompt_tokens", "completion_tokens"])
            await Expect(receipt.GetByTestId("receipt-tokens")).ToContainTextAsync(((int)usage[name]!).ToString("N0", CultureInfo.InvariantCulture));
        await Expect(receipt.GetByTestId("receipt-cost")).ToHaveTextAsync(new Regex(@"^\$0\.0000\d+$"));
        await Expect(receipt.GetByTestId("trace-id")).ToHaveTextAsync(kept.Text("trace_id")!);
        await Expect(receipt.GetByTestId("open-trace"))
            .ToHaveAttributeAsync("href", $"http://localhost:15888/traces/detail/{kept.Text("trace_id")}");
        await Expect(receipt).ToContainTextAsync("openai/gpt-oss-120b");
        await Expect(receipt).ToContainTextAsync("Finished");
    }
}
