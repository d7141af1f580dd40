using Microsoft.Playwright;
using TahoChat.Tests.Browser.Payloads;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A conversation, shared with somebody who cannot sign in.</summary>
public sealed class ShareTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_shared_is_read_by_a_stranger_runs_nothing_and_is_gone_when_it_is_revoked()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["SHARES"] = "true" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var payloads = HostilePayloads.All.Where(payload => !payload.Contains('\0')).Take(60);
        await chat.SendAsync("[emulator reply=echo speed=4000 first=0 reasoning=0]\n\nRead this\n\n" + string.Join("\n\n", payloads));
        await chat.ReplyIsAsync("complete");

        await chat.Page.GetByTestId("title-menu").ClickAsync();
        await chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Share…" }).ClickAsync();
        await chat.Page.GetByTestId("make-share").ClickAsync();
        var address = await chat.Page.GetByTestId("share-address").InputValueAsync();
        await Expect(chat.Page.GetByTestId("share")).ToHaveCountAsync(1);
        Assert.Empty(await Axe.FindAsync(chat.Page, []));
        await chat.ShootAsync("share-dialog");

        var stranger = await fixture.Chromium.OpenAsync(Cancel, new() { ViewportSize = new() { Width = 390, Height = 800 }, ColorScheme = ColorScheme.Dark });
        var page = stranger.Page;
        var dialogs = 0;
        page.Dialog += (_, dialog) =>
        {
            Interlocked.Increment(ref dialogs);
            _ = dialog.DismissAsync();
        };
        await page.AddInitScriptAsync("window.ran = 0; window.canary = () => { window.ran += 1; };");
        var answer = await page.GotoAsync(address);
        Assert.Equal(200, answer!.Status);
        await Expect(page.Locator("article")).ToHaveCountAsync(2);
        await Expect(page.Locator("article.assistant")).ToContainTextAsync("canary()");
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "share-page.png") });
        Assert.False(await page.EvaluateAsync<bool>("window.ran > 0"));
        Assert.Equal(0, dialogs);
        Assert.Empty(stranger.RequestsElsewhere(api.Address));
        // Of what a policy refuses the console tells; what it tells of the sandbox is about the test's own scripts.
        Assert.DoesNotContain(stranger.Errors, error => !error.Contains("is sandboxed", StringComparison.Ordinal));
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var outside = (await fixture.Chromium.OpenAsync(Cancel)).Page;
        await outside.SetContentAsync(await api.Http.GetStringAsync(address, Cancel));
        Assert.Empty(await Axe.FindAsync(outside, []));

        await chat.Page.Locator("[data-button=revoke]").ClickAsync();
        await Expect(chat.Page.GetByTestId("share")).ToHaveCountAsync(0);
        await Expect(chat.Page.GetByTestId("make-share")).ToBeFocusedAsync();
        Assert.Equal(404, (await page.GotoAsync(address))!.Status);
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Nothing here");
        chat.AssertClean();
    }
}
