using System.Diagnostics;
using Microsoft.Playwright;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.Scenarios;

/// <summary>What a person waits for in Chromium: the first load, a fast reply, a long conversation. Each round has a profile of its
/// own; the emulator answers.</summary>
internal static class BrowserSpeed
{
    public const string Script = "first load: script as it came, KiB";
    public const string Usable = "first load: connected and ready, ms";
    public const string Shown = "opening 10,000 messages: shown, ms";
    public const string LongestTask = "a reply of 1,000 tokens/s for 30 s in a new chat: longest task, ms";

    private const string Table = "In Chromium";
    private const int LongMessages = 10_000;
    private const int Rate = 1000;
    private const int Seconds = 30;

    private static readonly string[] _browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] _arguments =
        ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server", "--disable-background-networking"];

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(Path.GetDirectoryName(run.Options.Api)!, "wwwroot"))) throw new InvalidOperationException("The program was published without the frontend.");
        var folder = run.NewFolder();
        await using (await StartAsync(run, folder, cancellationToken)) { }
        var conversation = await LongConversation.WriteAsync(Path.Combine(folder, "chat.db"), LongMessages, cancellationToken);
        await using var api = await StartAsync(run, folder, cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        await FirstLoadAsync(run, browser, api.Address);
        await LongConversationAsync(run, browser, api.Address, conversation, cancellationToken);
        await FastReplyAsync(run, browser, api.Address, "/", cancellationToken);
        await FastReplyAsync(run, browser, api.Address, $"/?c={conversation}", cancellationToken);
    }

    private static Task<Server> StartAsync(BenchRun run, string folder, CancellationToken cancellationToken)
    {
        var address = Server.FreeAddress();
        return Server.StartAsync(new ProcessStartInfo(run.Options.Api), Settings(folder, address), new Uri(address, "/health"), cancellationToken);
    }

    private static void Add(BenchRun run, string row, double value) => run.Results.Add(Table, row, Subject.Own, value);

    private static async Task FirstLoadAsync(BenchRun run, IBrowser browser, Uri address)
    {
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(address.ToString());
            await page.GetByTestId("connection").And(page.Locator("[data-state=open]")).WaitForAsync(new() { State = WaitForSelectorState.Attached });
            var load = await page.EvaluateAsync<PageLoad>(
                """
                () => ({
                  Usable: performance.now(),
                  Painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
                  Script: performance.getEntriesByType("resource").filter((entry) => entry.initiatorType === "script" || entry.name.endsWith(".js"))
                    .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
                })
                """);
            Add(run, "first load: first paint, ms", load.Painted);
            Add(run, Usable, load.Usable);
            Add(run, Script, load.Script / 1024);
        }
    }

    private static async Task LongConversationAsync(
        BenchRun run, IBrowser browser, Uri address, long conversation, CancellationToken cancellationToken)
    {
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(address.ToString());
            await page.Locator($"[data-conversation-id='{conversation}'] a").WaitForAsync();
            var opened = await page.EvaluateAsync<double>(
                """
                async (id) => {
                  const began = performance.now();
                  document.querySelector(`[data-conversation-id='${id}'] a`).click();
                  const isThere = () => document.querySelector("[data-testid=message]:is([data-role=assistant])") !== null;
                  while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve));
                  return performance.now() - began;
                }
                """,
                conversation);
            Add(run, Shown, opened);
            var thread = await MainThread.OfAsync(page);
            var tasks = await thread.WatchAsync(() => ScrollUpAsync(page, cancellationToken), cancellationToken);
            Add(run, "10,000 messages: longest task while scrolling up, ms", tasks.Longest);
        }
    }

    private static async Task ScrollUpAsync(IPage page, CancellationToken cancellationToken)
    {
        await page.Mouse.MoveAsync(640, 300);
        for (var step = 0; step < 60; step++)
        {
            await page.Mouse.WheelAsync(0, -600);
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>A reply at full speed, with a key pressed once a second: how long the page is deaf.</summary>
    private static async Task FastReplyAsync(BenchRun run, IBrowser browser, Uri address, string path, CancellationToken cancellationToken)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(address, path).ToString());
        var composer = page.GetByTestId("composer");
        var replies = page.Locator("[data-testid=message][data-role=assistant]");
        await page.GetByTestId("connection").And(page.Locator("[data-state=open]")).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (path.Length > 1) await replies.Last.WaitForAsync();
        await composer.FillAsync($"[emulator speed={Rate} tokens={Rate * Seconds} first=0 reasoning=0] Write as much as you can.");
        await page.EvaluateAsync(
            """
            () => {
              window.shift = 0;
              window.slowest = 0;
              new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shift += entry.value; }))
                .observe({ type: "layout-shift" });
              new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.slowest = Math.max(window.slowest, entry.duration); }))
                .observe({ type: "event", durationThreshold: 16 });
            }
            """);
        var thread = await MainThread.OfAsync(page);
        await composer.PressAsync("Enter");
        await page.Locator("[data-testid=message][data-status=streaming]").WaitForAsync();
        var tasks = await thread.WatchAsync(() => TypeWhileItGrowsAsync(page, composer, cancellationToken), cancellationToken);
        var (shift, slowest) = (await page.EvaluateAsync<double>("window.shift"), await page.EvaluateAsync<double>("window.slowest"));
        var where = path.Length > 1 ? "in 10,000 messages" : "in a new chat";
        Add(run, $"a reply of 1,000 tokens/s for 30 s {where}: longest task, ms", tasks.Longest);
        Add(run, $"a reply of 1,000 tokens/s for 30 s {where}: tasks over 50 ms", tasks.Long);
        Add(run, $"a reply of 1,000 tokens/s for 30 s {where}: slowest key, ms", slowest);
        Add(run, $"a reply of 1,000 tokens/s for 30 s {where}: layout shift", shift);
    }

    private static async Task TypeWhileItGrowsAsync(IPage page, ILocator composer, CancellationToken cancellationToken)
    {
        var growing = page.Locator("[data-testid=message][data-status=streaming]");
        while (await growing.CountAsync() > 0)
        {
            await composer.PressAsync("a");
            await Task.Delay(1000, cancellationToken);
        }
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM_PATH")
                ?? _browsers.FirstOrDefault(File.Exists),
            Args = _arguments,
            Headless = true,
        });

    private static Dictionary<string, string?> Settings(string folder, Uri address) => new()
    {
        ["ASPNETCORE_URLS"] = address.OriginalString,
        ["ENV_FILE"] = Path.Combine(folder, ".env"),
        ["DATABASE_URL"] = Path.Combine(folder, "chat.db"),
        ["EMULATOR_RATE_LIMITS"] = "off",
        ["GROQ_MAX_COMPLETION_TOKENS"] = "60000",
    };

    private sealed record PageLoad
    {
        public double Usable { get; init; }

        public double Painted { get; init; }

        public double Script { get; init; }
    }
}
