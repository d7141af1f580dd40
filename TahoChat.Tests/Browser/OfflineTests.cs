using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Without a network: the page opens, what was read lately can be read, what is written is sent later.</summary>
public sealed class OfflineTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string WorkerIsReady = """
        async () => {
          const registration = await navigator.serviceWorker.ready;
          const kept = await (await caches.open("tahochat-files")).keys();
          const fonts = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/_next/static/"));
          return registration.active?.state === "activated" && navigator.serviceWorker.controller !== null && kept.length >= fonts.length;
        }
        """;

    /// <summary>How many messages of the conversation and how many conversations of the list are kept.</summary>
    private const string CopiesKept = """
        () => new Promise((resolve) => {
          const opening = indexedDB.open("tahochat-copies");
          opening.onerror = () => resolve("none");
          opening.onsuccess = () => {
            const store = opening.result;
            if (!store.objectStoreNames.contains("list")) return store.close(), resolve("none");
            const change = store.transaction(["conversations", "list"]);
            const conversations = change.objectStore("conversations").getAll();
            const list = change.objectStore("list").get("first");
            change.oncomplete = () => {
              store.close();
              resolve(`${conversations.result[0]?.value.messages.length} ${list.result?.value.items.length}`);
            };
          };
        })
        """;

    private const string CachedApiAnswers = """
        async () => {
          const names = await caches.keys();
          const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
          return all.flat().filter((path) => !path.startsWith("/_next/static/") && !path.startsWith("/icons/") && !path.endsWith("/")
            && !["/icon.svg", "/apple-icon.png", "/manifest.webmanifest"].includes(path)).join(" ");
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_network_the_page_opens_shows_what_was_read_and_sends_what_is_written_later_and_once()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, new() { ServiceWorkers = ServiceWorkerPolicy.Allow });
        await chat.SendAsync("[emulator echo=\"A **tide** rises\" first=0]");
        await chat.ReplyIsAsync("complete");
        var conversation = await chat.ConversationAsync();
        await ApiCalls.UntilAsync(() => chat.Page.EvaluateAsync<bool>(WorkerIsReady), ready => ready, Cancel, TimeSpan.FromSeconds(40));
        await ApiCalls.UntilAsync(() => chat.Page.EvaluateAsync<string>(CopiesKept), kept => kept == "2 1", Cancel, TimeSpan.FromSeconds(40));
        Assert.Equal("", await chat.Page.EvaluateAsync<string>(CachedApiAnswers));

        await chat.Page.Context.SetOfflineAsync(true);
        foreach (var path in new[] { "/figures/", $"/?c={conversation}" })
        {
            await chat.Page.GotoAsync(new Uri(api.Address, path).ToString());
            await Expect(chat.Page.GetByTestId("new-chat")).ToBeVisibleAsync();
        }

        await Expect(chat.Text.Locator("strong, [data-streamdown=strong]").First).ToHaveTextAsync("tide");
        await Expect(chat.Page.GetByTestId("offline-notice")).ToContainTextAsync("Offline copy from");
        await Expect(chat.Conversations).ToHaveCountAsync(1);
        await chat.ShootAsync("offline");
        await chat.SendAsync("[emulator echo=\"Sent later\" first=0]");
        await Expect(chat.Pending).ToHaveCountAsync(1);
        await chat.Page.ReloadAsync();
        await Expect(chat.Pending).ToHaveCountAsync(1);

        await chat.Page.Context.SetOfflineAsync(false);
        await chat.ConnectedAsync();
        await chat.ReplyIsAsync("complete", count: 2);
        await Expect(chat.Text).ToHaveTextAsync("Sent later");
        await Expect(chat.Page.GetByTestId("offline-notice")).ToHaveCountAsync(0);
        Assert.Single(api.Replies("Sent later"));
        chat.AssertClean("ERR_INTERNET_DISCONNECTED", "WebSocket", "Failed to load resource", "Failed to fetch");
    }

    [Fact]
    public async Task What_was_deleted_elsewhere_or_meanwhile_cannot_be_read_offline_any_more()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        foreach (var meanwhile in new[] { false, true })
        {
            await chat.Page.GotoAsync(api.Address.ToString());
            await chat.SendAsync("[emulator echo=\"A secret\" first=0]");
            await chat.ReplyIsAsync("complete");
            var conversation = await chat.ConversationAsync();
            await KeptAsync("2 1");
            if (meanwhile) await chat.Page.GotoAsync("about:blank");

            await api.CallAsync("DELETE", $"/conversations/{conversation}", Cancel);

            if (meanwhile) await chat.Page.GotoAsync(api.Address.ToString());
            await KeptAsync("undefined 0");
        }

        Task KeptAsync(string expected) =>
            ApiCalls.UntilAsync(() => chat.Page.EvaluateAsync<string>(CopiesKept), kept => kept == expected, Cancel, TimeSpan.FromSeconds(40));
    }
}
