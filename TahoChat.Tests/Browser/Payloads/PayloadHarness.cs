using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace TahoChat.Tests.Browser.Payloads;

/// <summary>A page that shows markdown by the chat's own component, under a policy as strict as the API's.</summary>
internal sealed class PayloadHarness : IAsyncDisposable
{
    private const string Origin = "http://payloads.test";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-payloads-");
    private readonly ConcurrentQueue<string> _elsewhere = new();

    private PayloadHarness(WatchedPage watched) => Watched = watched;

    public WatchedPage Watched { get; }

    /// <summary>Requests to another origin and dialogs.</summary>
    public IReadOnlyList<string> Escapes => [.. _elsewhere];

    /// <summary>Bundles the page and opens it; node and the frontend's packages have to be there.</summary>
    public static async Task<PayloadHarness> OpenAsync(Chromium chromium, CancellationToken cancellationToken)
    {
        var harness = new PayloadHarness(await chromium.OpenAsync(cancellationToken));
        await harness.BuildAsync(cancellationToken);
        var page = harness.Watched.Page;
        page.Request += (_, request) => harness.Note(request.Url);
        page.Dialog += (_, dialog) =>
        {
            harness._elsewhere.Enqueue("dialog " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        await page.RouteAsync("**/*", harness.AnswerAsync);
        await page.GotoAsync(Origin + "/");
        await page.WaitForFunctionAsync("() => typeof run === 'function'", null, new() { Timeout = 60_000 });
        return harness;
    }

    public async ValueTask DisposeAsync()
    {
        await Watched.Page.Context.CloseAsync();
        _folder.Delete(recursive: true);
    }

    private void Note(string url)
    {
        if (!url.StartsWith(Origin + "/", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal)) _elsewhere.Enqueue(url);
    }

    private async Task AnswerAsync(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath.TrimStart('/');
        var file = Path.Combine(_folder.FullName, path.Length == 0 ? "index.html" : path);
        if (!route.Request.Url.StartsWith(Origin, StringComparison.Ordinal) || !File.Exists(file))
        {
            await route.FulfillAsync(new() { Status = 404 });
            return;
        }

        await route.FulfillAsync(new()
        {
            Path = file,
            ContentType = Path.GetExtension(file) switch { ".js" => "text/javascript", ".css" => "text/css", ".html" => "text/html; charset=utf-8", _ => "application/octet-stream" },
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = Policy },
        });
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(HostilePayloads.Frontend, "src/features/chat/markdown/harness/build.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, _folder.FullName]) { RedirectStandardError = true })!;
        var error = await node.StandardError.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);
        Assert.True(node.ExitCode == 0, error);
    }
}
