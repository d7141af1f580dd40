using Microsoft.Playwright;

namespace TahoChat.Tests.Browser;

/// <summary>The system's Chromium, driven by Playwright.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] _candidates =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    // As root, in containers and without a display; the rest keeps Chromium from calling home by itself.
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    /// <summary>Starts a browser: the one that <c>CHROMIUM_PATH</c> names, the system's, or Playwright's own.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="more">Arguments beside the usual ones.</param>
    public static async Task<Chromium> LaunchAsync(CancellationToken cancellationToken, params string[] more)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var playwright = await Playwright.CreateAsync();
        try
        {
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = FindExecutable(),
                Args = [.. _arguments, .. more],
                Headless = true,
            }).WaitAsync(cancellationToken);
            return new Chromium(playwright, browser);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A page in a context of its own (no cookies, no storage) that notes what goes wrong and what it asks for.</summary>
    public async Task<WatchedPage> OpenAsync(CancellationToken cancellationToken, BrowserNewContextOptions? options = null)
    {
        var context = await Browser.NewContextAsync(options).WaitAsync(cancellationToken);
        return new WatchedPage(await context.NewPageAsync().WaitAsync(cancellationToken));
    }

    /// <summary>A browser of its own whose profile is in <paramref name="folder"/>: what pages store outlives them all, as a person's does.</summary>
    public async Task<IBrowserContext> OpenProfileAsync(string folder, CancellationToken cancellationToken) =>
        await _playwright.Chromium.LaunchPersistentContextAsync(folder, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = FindExecutable(),
            Args = _arguments,
            Headless = true,
            ServiceWorkers = ServiceWorkerPolicy.Block,
        }).WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }

    private static string? FindExecutable() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } path ? path : _candidates.FirstOrDefault(File.Exists);
}
