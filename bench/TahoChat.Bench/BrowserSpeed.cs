using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace TahoChat.Bench;

/// <summary>What a person waits for in Chromium: the first load, a fast reply, a long conversation. Medians of rounds, each in a
/// profile of its own.</summary>
internal static class BrowserSpeed
{
    private const int LongMessages = 10_000;

    private static readonly string[] _browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] _arguments =
        ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server", "--disable-background-networking"];

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-bench-");
        try
        {
            var settings = Settings(folder.FullName);
            await using (await Server.StartAsync("TahoChat.Api.dll", "/health", settings, cancellationToken)) { }
            var conversation = await LongConversation.WriteAsync(settings["DATABASE_URL"]!, LongMessages, cancellationToken);
            await using var api = await Server.StartAsync("TahoChat.Api.dll", "/health", settings, cancellationToken);
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await LaunchAsync(playwright);
            await FirstLoadAsync(browser, api.Address, options.Rounds);
            await LongConversationAsync(browser, api.Address, conversation, options.Rounds, cancellationToken);
            await FastReplyAsync(browser, api.Address, "/", options, cancellationToken);
            await FastReplyAsync(browser, api.Address, $"/?c={conversation}", options, cancellationToken);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FirstLoadAsync(IBrowser browser, Uri address, int rounds)
    {
        List<PageLoad> loads = [];
        for (var round = 0; round < rounds; round++)
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(address.ToString());
            await page.GetByTestId("connection").And(page.Locator("[data-state=open]")).WaitForAsync(new() { State = WaitForSelectorState.Attached });
            loads.Add(await page.EvaluateAsync<PageLoad>(
                """
                () => ({
                  Usable: performance.now(),
                  Painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
                  Script: performance.getEntriesByType("resource").filter((entry) => entry.initiatorType === "script" || entry.name.endsWith(".js"))
                    .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
                })
                """));
        }

        Console.WriteLine($"first load, {rounds} times: first paint {Median(loads, load => load.Painted):F0} ms, usable {Median(loads, load => load.Usable):F0} ms, "
            + $"{Median(loads, load => load.Script) / 1024:F0} KiB of script as it came");
    }

    private static async Task LongConversationAsync(
        IBrowser browser, Uri address, long conversation, int rounds, CancellationToken cancellationToken)
    {
        List<double> opened = [];
        List<Tasks> scrolled = [];
        for (var round = 0; round < rounds; round++)
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(address.ToString());
            await page.Locator($"[data-conversation-id='{conversation}'] a").WaitForAsync();
            opened.Add(await page.EvaluateAsync<double>(
                """
                async (id) => {
                  const began = performance.now();
                  document.querySelector(`[data-conversation-id='${id}'] a`).click();
                  const isThere = () => document.querySelector("[data-testid=message]:is([data-role=assistant])") !== null;
                  while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve));
                  return performance.now() - began;
                }
                """,
                conversation));
            var thread = await MainThread.OfAsync(page);
            scrolled.Add(await thread.WatchAsync(() => ScrollUpAsync(page, cancellationToken), cancellationToken));
        }

        Console.WriteLine($"a conversation of {LongMessages:N0} messages, {rounds} times: shown {Median(opened, time => time):F0} ms after the click "
            + $"({opened.Min():F0} to {opened.Max():F0}); longest task while scrolling up {Median(scrolled, tasks => tasks.Longest):F0} ms");
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
    private static async Task FastReplyAsync(IBrowser browser, Uri address, string path, BenchOptions options, CancellationToken cancellationToken)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(address, path).ToString());
        var composer = page.GetByTestId("composer");
        var replies = page.Locator("[data-testid=message][data-role=assistant]");
        await page.GetByTestId("connection").And(page.Locator("[data-state=open]")).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (path.Length > 1) await replies.Last.WaitForAsync();
        var tokens = (options.Rate * options.Measured.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await composer.FillAsync($"[emulator speed={options.Rate} tokens={tokens} first=0 reasoning=0] Write as much as you can.");
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
        var began = Stopwatch.GetTimestamp();
        var tasks = await thread.WatchAsync(() => TypeWhileItGrowsAsync(page, composer, cancellationToken), cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        var length = (await replies.Last.TextContentAsync())!.Length;
        var (shift, slowest) = (await page.EvaluateAsync<double>("window.shift"), await page.EvaluateAsync<double>("window.slowest"));
        Console.WriteLine($"a reply of {tokens} tokens at {options.Rate}/s {(path.Length > 1 ? $"in {LongMessages:N0} messages" : "in a new chat")}: {took.TotalSeconds:F0} s, {length:N0} characters; "
            + $"tasks over 50 ms: {tasks.Long}, longest {tasks.Longest:F0} ms, slowest key {slowest:F0} ms, layout shift {shift:F3}");
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

    private static Dictionary<string, string?> Settings(string folder) => new()
    {
        ["ENV_FILE"] = Path.Combine(folder, ".env"),
        ["DATABASE_URL"] = Path.Combine(folder, "chat.db"),
        ["EMULATOR_RATE_LIMITS"] = "off",
        ["GROQ_MAX_COMPLETION_TOKENS"] = "60000",
    };

    private static double Median<T>(List<T> values, Func<T, double> read)
    {
        var sorted = values.ConvertAll(value => read(value));
        sorted.Sort();
        return sorted[sorted.Count / 2];
    }

    private sealed record PageLoad
    {
        public double Usable { get; init; }

        public double Painted { get; init; }

        public double Script { get; init; }
    }
}
