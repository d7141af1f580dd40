using TahoChat.Tests.Access;
using TahoChat.Tests.Browser;

namespace TahoChat.Tests.Docs;

public sealed class ApiDocsBrowserTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/docs", "#swagger-ui .opblock-summary-path")]
    [InlineData("/redoc", "#redoc")]
    public async Task The_docs_render_in_Chromium_with_nothing_from_other_hosts(string path, string rendered)
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        await using var chromium = await Chromium.LaunchAsync(Cancel);
        var watched = await chromium.OpenAsync(Cancel);
        await watched.Page.GotoAsync(new Uri(host.Address, path).ToString());
        await watched.Page.Locator(rendered).GetByText("/conversations").First.WaitForAsync();
        await watched.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await watched.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, path.Trim('/') + ".png") });
        Assert.Empty(watched.RequestsElsewhere(host.Address));
        Assert.Empty(watched.Errors);
    }
}
