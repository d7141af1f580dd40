using Microsoft.Playwright;
using TahoChat.Tests.Browser;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class PageBrowserTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_requests_live_and_switches_faults_and_limits_on()
    {
        await using var emulator = await StartAsync(Cancellation);
        await using var chromium = await Chromium.LaunchAsync(Cancellation);
        var watched = await chromium.OpenAsync(Cancellation);
        var page = watched.Page;
        await page.GotoAsync(new Uri(emulator.Client.BaseAddress!, "/emulator/").ToString());
        await page.GetByText("Live", new() { Exact = true }).WaitForAsync();

        await page.GetByLabel("What goes wrong").SelectOptionAsync("503");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "For" }).SelectOptionAsync("all, until switched off");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await page.GetByText("503 strikes all requests.").WaitForAsync();
        using (var struck = await emulator.PostAsync(Body("Strike me"), Cancellation)) Assert.Equal(503, (int)struck.StatusCode);
        var row = page.Locator("#requests li");
        await row.GetByText("fault 503").WaitForAsync();
        await row.Locator("summary").ClickAsync();
        await row.Locator("pre").GetByText("\"content\": \"Strike me\"").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await page.GetByText("None is on.").WaitForAsync();

        await page.GetByLabel("Requests a minute").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enforce" }).ClickAsync();
        await page.GetByText("Enforced: what goes beyond is refused.").WaitForAsync();
        using (var taken = await emulator.PostAsync(Body("One"), Cancellation)) Assert.Equal(200, (int)taken.StatusCode);
        using (var refused = await emulator.PostAsync(Body("Two"), Cancellation)) Assert.Equal(429, (int)refused.StatusCode);
        await row.GetByText("429", new() { Exact = true }).WaitForAsync();
        await page.GetByText("1 of 1", new() { Exact = true }).WaitForAsync();

        await page.SetViewportSizeAsync(320, 640);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget them" }).ClickAsync();
        await page.GetByText("None yet.").WaitForAsync();
        Assert.Empty(watched.RequestsElsewhere(emulator.Client.BaseAddress!));
        Assert.Empty(watched.Errors);
    }
}
