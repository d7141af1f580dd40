using Microsoft.Playwright;
using TahoChat.Tests.Access;
using TahoChat.Tests.Browser;

namespace TahoChat.Tests.Docs;

public sealed class ApiDocsBrowserTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Swagger_UI_renders_and_calls_the_interface_with_nothing_from_other_hosts()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        await using var chromium = await Chromium.LaunchAsync(Cancel);
        var watched = await chromium.OpenAsync(Cancel);
        var page = watched.Page;
        await page.GotoAsync(new Uri(host.Address, "/docs").ToString());
        await page.Locator("#swagger-ui .opblock-get .opblock-summary-path[data-path='/conversations']").ClickAsync();
        await page.GetByText("Try it out").ClickAsync();
        await page.GetByText("Execute", new() { Exact = true }).ClickAsync();
        await page.Locator(".live-responses-table").GetByText("last_message").First.WaitForAsync();
        await ShootAsync(page, "docs");
        Assert.Empty(watched.RequestsElsewhere(host.Address));
        Assert.Empty(watched.Errors);
    }

    [Fact]
    public async Task ReDoc_renders_and_searches_with_nothing_from_other_hosts()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        await using var chromium = await Chromium.LaunchAsync(Cancel);
        var watched = await chromium.OpenAsync(Cancel);
        var page = watched.Page;
        await page.GotoAsync(new Uri(host.Address, "/redoc").ToString());
        await page.Locator("#redoc").GetByText("/conversations/{id}").First.WaitForAsync();
        await page.GetByText("API docs by ReDoc").WaitForAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("health");
        await page.GetByText("Searching").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.GetByText("No results").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await ShootAsync(page, "redoc");
        Assert.Empty(watched.RequestsElsewhere(host.Address));
        Assert.Empty(watched.Errors);
    }

    // For people who want to see it: SCREENSHOTS names a folder.
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
