using Microsoft.Playwright;
using TahoChat.Tests.Browser;

namespace TahoChat.Tests.Access;

public sealed class SignInBrowserTests
{
    private const string Password = "correct horse";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task A_person_signs_in_with_the_keyboard_alone(ColorScheme scheme, int width)
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        await using var chromium = await Chromium.LaunchAsync(Cancel);
        var watched = await chromium.OpenAsync(Cancel, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 720 } });
        var page = watched.Page;
        await page.GotoAsync(new Uri(host.Address, "/docs/index.html").ToString());
        await page.Keyboard.TypeAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal(1, await page.Locator("input[aria-invalid][aria-describedby=error]:focus").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sign-in-{scheme}.png") });

        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#swagger-ui .opblock-summary-path").First.WaitForAsync();
        Assert.EndsWith("/docs/index.html", page.Url, StringComparison.Ordinal);
        Assert.Empty(watched.RequestsElsewhere(host.Address));
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_gets_its_person_back_after_the_form()
    {
        await using var other = await AccessHost.StartAsync(Cancel);
        await using var host = await AccessHost.StartAsync(Cancel, Password, origins: [other.Address.ToString().TrimEnd('/')]);
        await using var chromium = await Chromium.LaunchAsync(Cancel);
        var page = (await chromium.OpenAsync(Cancel)).Page;
        var back = new Uri(other.Address, "/?c=7").ToString();
        await page.GotoAsync(new Uri(host.Address, "/sign-in?return=" + Uri.EscapeDataString(back)).ToString());
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await page.WaitForURLAsync(back);
    }
}
