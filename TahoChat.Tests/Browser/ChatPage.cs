using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace TahoChat.Tests.Browser;

/// <summary>The chat as a person has it open.</summary>
internal sealed class ChatPage
{
    // A busy machine takes its time; nothing here waits longer than it has to.
    private const float Patience = 60_000;

    private readonly WatchedPage _watched;
    private readonly Uri _address;

    private ChatPage(WatchedPage watched, Uri address) => (_watched, _address) = (watched, address);

    public IPage Page => _watched.Page;

    public ILocator Composer => Page.GetByTestId("composer");

    public ILocator Replies => Page.Locator("[data-testid=message][data-role=assistant]");

    public ILocator LastReply => Replies.Last;

    /// <summary>Messages that the server has not acknowledged, refused ones too.</summary>
    public ILocator Pending => Page.Locator(
        "[data-testid=message]:is([data-status=sending], [data-status=postponed], [data-status=refused])");

    /// <summary>The last reply's text, as it is shown.</summary>
    public ILocator Text => LastReply.GetByTestId("message-content");

    public ILocator Conversations => Page.GetByTestId("conversation-item");

    /// <summary>Opens a page of the chat in a context of its own, or as another tab of <paramref name="beside"/>.</summary>
    /// <param name="profile">A context that is there already.</param>
    /// <param name="open">A page that is there already, and blank.</param>
    public static async Task<ChatPage> OpenAsync(
        Chromium chromium, Uri address, CancellationToken cancellationToken,
        BrowserNewContextOptions? options = null, string path = "/", ChatPage? beside = null, IBrowserContext? profile = null,
        IPage? open = null)
    {
        RequireExport();
        Assertions.SetDefaultExpectTimeout(Patience);
        options ??= new();
        // What a worker keeps from the server is looked at by the tests of just that.
        options.ServiceWorkers ??= ServiceWorkerPolicy.Block;
        var watched = open is not null ? new WatchedPage(open)
            : (profile ?? beside?.Page.Context) is { } context ? new WatchedPage(await context.NewPageAsync().WaitAsync(cancellationToken))
            : await chromium.OpenAsync(cancellationToken, options);
        watched.Page.SetDefaultTimeout(Patience);
        watched.Page.SetDefaultNavigationTimeout(Patience);
        await watched.Page.GotoAsync(new Uri(address, path).ToString());
        var page = new ChatPage(watched, address);
        await page.ConnectedAsync();
        return page;
    }

    public Task ConnectedAsync() => Assertions.Expect(Page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "open");

    public Task DisconnectedAsync() => Assertions.Expect(Page.GetByTestId("connection")).Not.ToHaveAttributeAsync("data-state", "open");

    /// <summary>Ends the page's process, so that nothing of the page's own runs any more.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        var crashed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Page.Crash += (_, _) => crashed.TrySetResult();
        var session = await Page.Context.NewCDPSessionAsync(Page);
        // It is never answered: whoever would answer is gone.
        _ = session.SendAsync("Page.crash").ContinueWith(
            static sent => sent.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await crashed.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience), cancellationToken);
    }

    /// <summary>Types and presses Enter.</summary>
    public async Task SendAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Waits for the last of so many replies to have that status.</summary>
    public async Task ReplyIsAsync(string status, int count = 1)
    {
        await Assertions.Expect(Replies).ToHaveCountAsync(count);
        await Assertions.Expect(LastReply).ToHaveAttributeAsync("data-status", status);
    }

    /// <summary>Waits until the last reply shows more than that many characters.</summary>
    public async Task<string> LongerThanAsync(int length)
    {
        await Page.WaitForFunctionAsync(
            """
            (length) => {
              const replies = document.querySelectorAll("[data-testid=message][data-role=assistant]");
              const text = replies[replies.length - 1]?.querySelector("[data-testid=message-content]");
              return (text?.innerText.length ?? 0) > length;
            }
            """,
            length);
        return await Text.InnerTextAsync();
    }

    /// <summary>The conversation in the address.</summary>
    public async Task<long> ConversationAsync()
    {
        await Page.WaitForURLAsync(url => url.Contains("c=", StringComparison.Ordinal));
        return long.Parse(new Uri(Page.Url).Query.Split("c=")[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The last reply as the server keeps it.</summary>
    public async Task<JsonObject> KeptAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var conversation = await http.GetFromJsonAsync<JsonObject>($"/conversations/{await ConversationAsync()}", cancellationToken);
        return conversation!["messages"]!.AsArray()[^1]!.AsObject();
    }

    /// <summary>The new chat's draft as the browser keeps it, JSON. WaitForFunction would not wait for a promise: any is true.</summary>
    public Task<string> StoredDraftAsync() => Page.EvaluateAsync<string>(
        """
        () => new Promise((resolve) => {
          const opening = indexedDB.open("tahochat");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("drafts").objectStore("drafts").get("new");
            asked.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(asked.result ?? null)); };
          };
        })
        """);

    public async Task AssertFitsAsync()
    {
        var size = await Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, innerWidth]");
        Assert.Equal(size[1], size[0]);
    }

    /// <summary>No error on the console, no request to another place.</summary>
    /// <param name="expected">What an error's text may hold, such as the refused connections of a server that was down.</param>
    public void AssertClean(params string[] expected)
    {
        Assert.Empty(_watched.RequestsElsewhere(_address));
        Assert.DoesNotContain(_watched.Errors, error => !expected.Any(part => error.Contains(part, StringComparison.Ordinal)));
    }

    /// <summary>For people who want to see it: <c>SCREENSHOTS</c> names a folder.</summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    private static void RequireExport()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TahoChat.Api", "wwwroot", "index.html"))) return;
        }

        Assert.Fail("The frontend is not exported to TahoChat.Api/wwwroot: ./test.sh does it, and so does ./run.sh.");
    }
}
