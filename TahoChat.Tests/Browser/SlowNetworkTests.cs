using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A phone at the edge of the net, and a page that stays where it is while a reply comes in.</summary>
public sealed class SlowNetworkTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    /// <summary>What a page may move in all, of 1 for the whole window once (Layout Instability API, where 0.1 is good). A growing
    /// reply moves nothing; what draws it may come after its first words on such a network, and moves a line or two.</summary>
    private const double MostShift = 0.05;

    private const string WatchShifts = """
        () => {
          globalThis.shifted = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
          }).observe({ type: "layout-shift", buffered: false });
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_slow_network_the_chat_opens_and_answers_and_nothing_jumps_while_a_reply_grows()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var context = await fixture.Chromium.Browser.NewContextAsync(new() { ServiceWorkers = ServiceWorkerPolicy.Block });
        // A page's own network is slowed before it asks for anything.
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 400,
            ["downloadThroughput"] = 100_000,
            ["uploadThroughput"] = 50_000,
        });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, open: page);
        await chat.Page.EvaluateAsync(WatchShifts);
        await chat.SendAsync("Show me everything about tides [emulator first=0 speed=400]");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Text.Locator(".katex").First).ToBeVisibleAsync();
        await chat.SendAsync("[emulator reply=count:600 speed=300 first=0 reasoning=20]");
        await chat.ReplyIsAsync("complete", count: 2);
        var shifted = await chat.Page.EvaluateAsync<double>("globalThis.shifted");
        TestContext.Current.TestOutputHelper!.WriteLine($"Layout shift of two replies: {shifted:0.0000}");
        Assert.True(shifted < MostShift, $"The page moved by {shifted:0.0000}.");
        chat.AssertClean();
    }
}
