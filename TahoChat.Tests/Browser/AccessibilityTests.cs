using Microsoft.Playwright;
using TahoChat.Tests.Access;
using TahoChat.Tests.Frontend;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Every screen: axe finds nothing in light and in dark, and nothing has to be scrolled sideways at 320 px, which is
/// what a window of 1280 px at 400 % zoom has.</summary>
public sealed class AccessibilityTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static readonly byte[] _text = "Spring tides come with a full moon."u8.ToArray();

    /// <summary>In the order in which a person meets them; each begins where the one before left off.</summary>
    private static readonly Screen[] _screens =
    [
        new("empty chat", chat => Expect(chat.Composer).ToBeFocusedAsync()),
        new("rich reply", async chat =>
        {
            await chat.SendAsync("Show me everything about tides [emulator first=0 speed=0]");
            await chat.ReplyIsAsync("complete");
            await Expect(chat.Text.Locator(".katex").First).ToBeVisibleAsync();
        }),
        new("model menu", chat => PopupAsync(chat, chat.Page.GetByTestId("model-picker"), "[role=menu], [role=dialog], [role=listbox]"), IsPopup: true),
        new("conversation menu", chat => PopupAsync(chat, chat.Page.GetByTestId("conversation-options").First, "[role=menu]"), IsPopup: true),
        new("receipt", chat => PopupAsync(
            chat, chat.LastReply.GetByRole(AriaRole.Button, new() { Name = "Receipt" }), "[role=dialog]"), IsPopup: true),
        new("file before it is sent", async chat =>
        {
            await chat.Page.GetByTestId("file-input").SetInputFilesAsync(new FilePayload { Name = "moon.txt", MimeType = "text/plain", Buffer = _text });
            await Expect(chat.Page.GetByTestId("file-chip")).ToBeVisibleAsync();
        }),
        new("growing reply", async chat =>
        {
            await chat.SendAsync("[emulator reply=count:20000 speed=50 first=0 reasoning=20]");
            await chat.ReplyIsAsync("streaming", count: 2);
            await chat.LongerThanAsync(100);
        }),
        new("stopped reply", async chat =>
        {
            await chat.Page.GetByTestId("stop").ClickAsync();
            await chat.ReplyIsAsync("stopped", count: 2);
        }),
        new("failed reply", async chat =>
        {
            await chat.SendAsync("[emulator fault=503]");
            await chat.ReplyIsAsync("failed", count: 3);
        }),
        new("figures", async chat =>
        {
            await chat.Page.GetByTestId("figures-link").ClickAsync();
            await Expect(chat.Page.Locator("#figures")).ToBeVisibleAsync();
            await Expect(chat.Page.Locator("#figures svg:visible").First).ToBeVisibleAsync();
        }),
        new("shortcuts", async chat =>
        {
            await chat.Page.Locator("#figures").FocusAsync();
            await chat.Page.Keyboard.PressAsync("?");
            await Expect(chat.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }, IsPopup: true),
        new("settings", async chat =>
        {
            await chat.Page.Locator("a[href='/settings/']").First.ClickAsync();
            await Expect(chat.Page.GetByTestId("offline-settings")).ToBeVisibleAsync();
        }),
        new("about", async chat =>
        {
            await chat.Page.Locator("#settings a[href='/about/']").ClickAsync();
            await Expect(chat.Page.Locator("#about h1")).ToBeVisibleAsync();
        }),
        new("palette", async chat =>
        {
            await chat.Page.Keyboard.PressAsync("Control+k");
            await Expect(chat.Page.GetByTestId("palette-entry").First).ToBeVisibleAsync();
        }, IsPopup: true),
        new("tags", async chat =>
        {
            await PopupAsync(chat, chat.Page.GetByTestId("conversation-options").First, "[role=menu]");
            await chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Tags…" }).ClickAsync();
            await chat.Page.GetByTestId("tag-field").FillAsync("Sea");
            await chat.Page.GetByTestId("tag-add").ClickAsync();
            await Expect(chat.Page.GetByTestId("tag-remove")).ToBeVisibleAsync();
        }, IsPopup: true),
        new("deleted, with the offer to undo it", async chat =>
        {
            await PopupAsync(chat, chat.Page.GetByTestId("conversation-options").First, "[role=menu]");
            await chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
            await Expect(chat.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        }),
        new("trash", async chat =>
        {
            await chat.Page.GetByTestId("trash-link").ClickAsync();
            await Expect(chat.Page.GetByTestId("trashed")).ToHaveCountAsync(1);
        }),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Axe_finds_nothing_on_any_screen_and_each_fits_320_px()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new()
        {
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = 1280, Height = 800 },
        });
        var found = new List<string>();
        foreach (var screen in _screens)
        {
            await screen.OpenAsync(chat);
            found.AddRange(await LookAsync(chat.Page, screen.Name, screen.IsPopup));
            if (screen.IsPopup)
            {
                await chat.Page.Keyboard.PressAsync("Escape");
                await Expect(chat.Page.Locator("[role=menu], [role=dialog], [role=listbox]")).ToHaveCountAsync(0);
                continue;
            }

            await chat.Page.SetViewportSizeAsync(320, 640);
            await Expect(chat.Page.GetByTestId("sidebar-open")).ToBeVisibleAsync();
            var width = await chat.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 320) found.Add($"{screen.Name}: {width} px wide at 320 px");
            await chat.Page.SetViewportSizeAsync(1280, 800);
        }

        await chat.Page.SetViewportSizeAsync(320, 640);
        found.AddRange(await LookAsync(chat.Page, "trash at 320 px"));
        await chat.Page.GetByTestId("sidebar-open").ClickAsync();
        await Expect(chat.Page.GetByTestId("sidebar-close")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(chat.Page, "drawer at 320 px"));
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task Axe_finds_nothing_on_the_pages_that_stand_alone()
    {
        await using var host = await AccessHost.StartAsync(Cancel, password: "open sesame", frontend: ExportFolder.Path);
        await using var open = await AccessHost.StartAsync(Cancel, frontend: ExportFolder.Path);
        await using var bare = await AccessHost.StartAsync(Cancel);
        var watched = await fixture.Chromium.OpenAsync(Cancel, new()
        {
            ColorScheme = ColorScheme.Light,
            ViewportSize = new() { Width = 320, Height = 640 },
            ServiceWorkers = ServiceWorkerPolicy.Block,
        });
        var found = new List<string>();
        (string Name, Uri Address)[] pages =
            [("sign-in", new(host.Address, "/sign-in")), ("404", new(open.Address, "/nowhere")), ("no export", bare.Address)];
        foreach (var (name, address) in pages)
        {
            await watched.Page.GotoAsync(address.ToString());
            await Expect(watched.Page.Locator("h1")).ToBeVisibleAsync();
            found.AddRange(await LookAsync(watched.Page, name));
            Assert.Equal(320, await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    /// <summary>All rules in light; in dark those that depend on it.</summary>
    private static async Task<IEnumerable<string>> LookAsync(IPage page, string name, bool isPopup = false)
    {
        // A menu lies at the end of the document, outside of the landmarks, as menus do.
        var light = await Axe.FindAsync(page, [], isPopup ? ["region"] : []);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await Axe.FindAsync(page, ["color-contrast", "link-in-text-block"]);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return light.Select(finding => $"{name}: {finding}").Concat(dark.Select(finding => $"{name}, dark: {finding}"));
    }

    private static async Task PopupAsync(ChatPage chat, ILocator trigger, string popup)
    {
        await trigger.FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Page.Locator(popup).First).ToBeVisibleAsync();
    }

    /// <param name="Name">In words, for who reads what failed.</param>
    /// <param name="OpenAsync">Leads there.</param>
    /// <param name="IsPopup">Whether Escape closes it again.</param>
    private sealed record Screen(string Name, Func<ChatPage, Task> OpenAsync, bool IsPopup = false);
}
