using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TahoChat.Tests.Browser;

/// <summary>A page and what it did: errors on its console (a blocked request is one), and every address it asked for.</summary>
public sealed class WatchedPage
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<Uri> _requests = new();

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error") _errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>Errors so far, in their order.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>Addresses so far that are neither of this host and port nor inside the page (<c>data:</c>, <c>blob:</c>).</summary>
    public IReadOnlyList<Uri> RequestsElsewhere(Uri own) =>
        [.. _requests.Where(request => request.Scheme is not ("data" or "blob") && request.Authority != own.Authority)];
}
