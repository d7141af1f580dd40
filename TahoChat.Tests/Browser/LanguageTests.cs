using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>People whose browsers speak different languages.</summary>
public sealed class LanguageTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    // The direction before the first paint: when the parser has begun the body, and in the first frame.
    private const string NoteDirection =
        """
        const note = () => `${document.documentElement.lang} ${document.documentElement.dir}`;
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          observer.disconnect();
          window.atBody = note();
        }).observe(document, { childList: true, subtree: true });
        requestAnimationFrame(() => (window.atFirstFrame = note()));
        """;

    // What a person reads or is told, without what people and models wrote, names of languages, keys, and code.
    private const string SaidWords =
        """
        () => {
          const own = "[data-testid=message-content], [data-testid=conversation-item], [data-testid=chat-title], [lang]:not(html), [dir=ltr], code, pre, script, style, kbd";
          const said = new Set();
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode())
            if (!node.parentElement.closest(own)) said.add(node.data.trim());
          for (const name of ["aria-label", "title", "placeholder", "alt"])
            for (const element of document.body.querySelectorAll(`[${name}]`))
              if (!element.closest(own)) said.add(element.getAttribute(name).trim());
          return [...said, document.title];
        }
        """;

    private static readonly Dictionary<string, string> _english = Words("en");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_browser_gets_the_page_in_its_language_with_its_dates_and_numbers_and_a_choice_comes_before_it()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        var first = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { Locale = "en-GB" });
        Assert.Equal("en", await first.Page.EvaluateAsync<string>("document.documentElement.lang"));
        await first.SendAsync("[emulator echo=\"1\" first=0]");
        await first.ReplyIsAsync("complete");
        await first.SendAsync("[emulator echo=\"2\" first=0]");
        await first.ReplyIsAsync("complete", count: 2);
        await first.SendAsync("[emulator fault=401]");
        await first.ReplyIsAsync("failed", count: 3);
        var address = new Uri(first.Page.Url).PathAndQuery;
        await first.Page.Context.CloseAsync();

        (string Locale, string Lang, string Dir, string Share)[] people =
        [
            ("fr-FR", "fr", "ltr", "33,3\u00a0%"), ("de-AT", "de", "ltr", "33,3\u00a0%"), ("es-ES", "es", "ltr", "33,3\u00a0%"),
            ("ja-JP", "ja", "ltr", "33.3%"), ("ar-EG", "ar", "rtl", "\u066a"),
        ];
        foreach (var (locale, lang, dir, share) in people)
        {
            var context = await fixture.Chromium.Browser.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = 1280, Height = 860 } });
            await context.AddInitScriptAsync(NoteDirection);
            var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: address, profile: context);
            Assert.Equal($"{lang} {dir}", await chat.Page.EvaluateAsync<string>("window.atBody"));
            Assert.Equal($"{lang} {dir}", await chat.Page.EvaluateAsync<string>("window.atFirstFrame"));

            await chat.ReplyIsAsync("failed", count: 3);
            await chat.Replies.First.GetByTestId("reply-meta").ClickAsync();
            await Expect(chat.Page.GetByTestId("receipt")).ToBeVisibleAsync();
            await AssertSpeaksAsync(chat, lang, "receipt.waterfall.title");
            await AssertMirroredAsync(chat, dir);
            await chat.ShootAsync($"language-{lang}-receipt");
            await chat.Page.Keyboard.PressAsync("Escape");
            await chat.Page.GetByTestId("new-chat").ClickAsync();
            await Expect(chat.Replies).ToHaveCountAsync(0);
            await AssertSpeaksAsync(chat, lang, "shell.newChat");
            await chat.ShootAsync($"language-{lang}-new");

            foreach (var page in (string[])["figures", "settings", "about"])
            {
                if (page is "about") await chat.Page.GotoAsync(new Uri(api.Address, "/about/").ToString());
                else await chat.Page.GetByTestId($"{page}-link").ClickAsync();
                await Expect(chat.Page.GetByTestId(page)).ToBeVisibleAsync();
                if (page is "figures")
                {
                    await Expect(chat.Page.GetByTestId("tile-failures")).ToContainTextAsync(share);
                    await Expect(chat.Page.GetByTestId("slow-reply").First).ToContainTextAsync(await DayAsync(chat, locale));
                }

                await AssertSpeaksAsync(chat, lang, $"shell.{page}");
                await chat.ShootAsync($"language-{lang}-{page}");
            }

            chat.AssertClean("401");
            if (lang is "ar") await AChoiceComesBeforeTheBrowserAsync(api, chat);
            await context.CloseAsync();
        }
    }

    /// <summary>In every tab, and from before the first paint.</summary>
    private async Task AChoiceComesBeforeTheBrowserAsync(TestApi api, ChatPage chat)
    {
        var other = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, beside: chat);
        await other.Page.EvaluateAsync("localStorage.setItem('tahochat.locale', 'de')");
        await Expect(chat.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(chat.Page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await AssertSpeaksAsync(chat, "de", "shell.about");
        await other.Page.ReloadAsync();
        Assert.Equal("de ltr", await other.Page.EvaluateAsync<string>("window.atBody"));
        await AssertSpeaksAsync(other, "de", "shell.newChat");
    }

    /// <summary>Something of it is there, and nothing that this language says otherwise than English is said in English.</summary>
    private static async Task AssertSpeaksAsync(ChatPage chat, string lang, string key)
    {
        var words = Words(lang);
        await Expect(chat.Page.GetByText(words[key], new() { Exact = true }).First).ToBeAttachedAsync();
        var foreign = words.Where(pair => _english[pair.Key] != pair.Value).Select(pair => _english[pair.Key]).ToHashSet();
        foreign.ExceptWith(words.Values);
        var said = await chat.Page.EvaluateAsync<string[]>(SaidWords);
        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, text => foreign.Contains(text));
    }

    /// <summary>The list of conversations is where reading begins.</summary>
    private static async Task AssertMirroredAsync(ChatPage chat, string dir)
    {
        var list = (await chat.Page.GetByTestId("new-chat").BoundingBoxAsync())!;
        var composer = (await chat.Composer.BoundingBoxAsync())!;
        Assert.Equal(dir is "rtl", list.X > composer.X);
        await chat.AssertFitsAsync();
    }

    private static Task<string> DayAsync(ChatPage chat, string locale) => chat.Page.EvaluateAsync<string>(
        "(locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date())", locale);

    /// <summary>All messages of a language by their paths.</summary>
    private static Dictionary<string, string> Words(string lang)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(MessagesFolder(), lang), "*.json"))
            Add(JsonNode.Parse(File.ReadAllText(file))!.AsObject(), Path.GetFileNameWithoutExtension(file));
        return words;

        void Add(JsonObject tree, string path)
        {
            foreach (var (name, node) in tree)
            {
                if (node is JsonObject inner) Add(inner, $"{path}.{name}");
                else words[$"{path}.{name}"] = (string)node!;
            }
        }
    }

    private static string MessagesFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var messages = Path.Combine(folder.FullName, "frontend", "src", "i18n", "messages");
            if (Directory.Exists(messages)) return messages;
        }

        throw new DirectoryNotFoundException("frontend/src/i18n/messages is not above the tests.");
    }
}
