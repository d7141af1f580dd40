using Microsoft.Playwright;
using TahoChat.Tests.Conversations;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A conversation of ten thousand messages is one like any other.</summary>
public sealed class LongTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_messages_open_at_their_end_go_back_in_place_find_words_and_take_a_reply()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var conversation = await LongConversation.AddAsync(api, 10_000, Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var asked = new List<string>();
        chat.Page.Request += (_, request) => asked.Add(new Uri(request.Url).PathAndQuery);

        await chat.Page.Locator($"[data-conversation-id='{conversation.Id}'] a").First.WaitForAsync();

        // Opened at its end, with nothing but its end.
        var opening = await chat.Page.EvaluateAsync<double>(
            """
            async ([id, last]) => {
              const start = performance.now();
              document.querySelector(`[data-conversation-id='${id}'] a`).click();
              while (!document.querySelector(`[data-message-id='${last}']`)?.checkVisibility({ visibilityProperty: true })) {
                await new Promise(requestAnimationFrame);
                if (performance.now() - start > 30000) throw new Error("It never came.");
              }
              return performance.now() - start;
            }
            """,
            new[] { conversation.Id, conversation.Last });
        await Expect(chat.Message(conversation.Last)).ToBeInViewportAsync();
        await AtEndAsync(chat);
        Assert.Equal([$"/conversations/{conversation.Id}?limit=60"], asked.Where(path => path.StartsWith($"/conversations/{conversation.Id}", StringComparison.Ordinal)));
        Assert.InRange(await chat.Page.GetByTestId("message").CountAsync(), 5, 60);

        // Further up, the messages before come, and what is in sight stays where it is.
        var kept = await ScrollUpUntilAskedAsync(chat);
        Assert.InRange(kept, -2, 2);
        await Expect(chat.Page.GetByTestId("scroll-to-end")).ToBeVisibleAsync();

        // The keyboard goes from message to message, and what has the focus stays in the document.
        await chat.Composer.FocusAsync();
        await chat.Page.GetByTestId("scroll-to-end").ClickAsync();
        await AtEndAsync(chat);
        await chat.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(chat.Message(conversation.Last)).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(chat.Message(conversation.Last - 1)).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Tab");
        await Expect(chat.Message(conversation.Last - 1).GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await chat.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await Expect(chat.Composer).ToBeFocusedAsync();

        // A reply grows into it without long tasks.
        await chat.Page.EvaluateAsync(
            "() => { window.tasks = []; new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask' }); }");
        await chat.SendAsync("[emulator reply=count:400 speed=200 first=0 reasoning=0]");
        await Expect(chat.LastReply).ToHaveAttributeAsync("data-status", "streaming");
        await Expect(chat.LastReply).ToHaveAttributeAsync("data-status", "complete");
        await AtEndAsync(chat);
        var longest = await chat.Page.EvaluateAsync<double>("Math.max(0, ...window.tasks)");
        TestContext.Current.TestOutputHelper?.WriteLine($"opened in {opening:F0} ms, position kept within {kept:F1} px, longest task {longest:F0} ms");
        Assert.InRange(longest, 0, 500);

        await FindAsync(chat, conversation);
        chat.AssertClean();
    }

    [Fact]
    public async Task Scrolling_sticks_to_the_end_until_the_person_scrolls_away()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator reply=count:100000 speed=300 first=0 reasoning=0]");
        await chat.LongerThanAsync(6000);
        await AtEndAsync(chat);
        await chat.Page.GetByTestId("thread").HoverAsync();
        await chat.Page.Mouse.WheelAsync(0, -300);
        await Expect(chat.Page.GetByTestId("scroll-to-end")).ToBeVisibleAsync();
        var top = await RestAsync(chat);
        await chat.LongerThanAsync((await chat.Text.InnerTextAsync()).Length + 500);
        Assert.Equal(top, await TopAsync(chat), 1.0);

        await chat.Page.GetByTestId("scroll-to-end").ClickAsync();
        await AtEndAsync(chat);
        await chat.LongerThanAsync((await chat.Text.InnerTextAsync()).Length + 500);
        await AtEndAsync(chat);
        await Expect(chat.Page.GetByTestId("scroll-to-end")).ToHaveCountAsync(0);

        await chat.Page.GetByTestId("stop").ClickAsync();
        await chat.ReplyIsAsync("stopped");
        await AtEndAsync(chat);

        // The scroller's own keys count as scrolling.
        await chat.Page.GetByTestId("thread").FocusAsync();
        await chat.Page.Keyboard.PressAsync("PageUp");
        await Expect(chat.Page.GetByTestId("scroll-to-end")).ToBeVisibleAsync();
        await chat.Page.Keyboard.PressAsync("End");
        await Expect(chat.Page.GetByTestId("scroll-to-end")).ToHaveCountAsync(0);
        await AtEndAsync(chat);
        chat.AssertClean();
    }

    private static async Task FindAsync(ChatPage chat, LongConversation conversation)
    {
        await chat.Composer.FocusAsync();
        await chat.Page.Keyboard.PressAsync("Control+Shift+F");
        var bar = chat.Page.GetByTestId("find-bar");
        await Expect(bar.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await chat.Page.Keyboard.TypeAsync("MESSAGE NO. 5.");
        await Expect(bar.GetByTestId("find-count")).ToHaveTextAsync("1 of 1 message");
        await Expect(chat.Message(conversation.At(5))).ToBeInViewportAsync();
        await chat.Page.WaitForFunctionAsync("() => [...(CSS.highlights.get('found-here') ?? [])][0]?.toString() === 'Message no. 5.'");

        await bar.GetByRole(AriaRole.Textbox).FillAsync("no. 999");
        await Expect(bar.GetByTestId("find-count")).ToHaveTextAsync("11 of 11 messages");
        await Expect(chat.Message(conversation.At(9999))).ToBeInViewportAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(bar.GetByTestId("find-count")).ToHaveTextAsync("1 of 11 messages");
        await Expect(chat.Message(conversation.At(999))).ToBeInViewportAsync();
        await chat.Page.Keyboard.PressAsync("Shift+F3");
        await Expect(bar.GetByTestId("find-count")).ToHaveTextAsync("11 of 11 messages");
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(chat.Composer).ToBeFocusedAsync();
    }

    /// <summary>Waits until the wheel's last turn came to rest; returns where.</summary>
    private static Task<double> RestAsync(ChatPage chat) => chat.Page.GetByTestId("thread").EvaluateAsync<double>(
        """
        async (thread) => {
          for (let still = 0, top = -1; still < 20; still = thread.scrollTop === top ? still + 1 : 0) {
            top = thread.scrollTop;
            await new Promise(requestAnimationFrame);
          }
          return thread.scrollTop;
        }
        """);

    private static Task<double> TopAsync(ChatPage chat) =>
        chat.Page.GetByTestId("thread").EvaluateAsync<double>("thread => thread.scrollTop");

    private static async Task AtEndAsync(ChatPage chat) => await chat.Page.WaitForFunctionAsync(
        """
        () => {
          const thread = document.querySelector("[data-testid=thread]");
          return thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
        }
        """);

    /// <summary>Turns the wheel until a page before is asked for; returns how far what is in sight moved, in pixels, while it came.</summary>
    private static async Task<double> ScrollUpUntilAskedAsync(ChatPage chat)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await chat.Page.RouteAsync("**/messages?before=*", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await chat.Page.GetByTestId("thread").HoverAsync();
        await ApiCalls.UntilAsync(
            async () =>
            {
                if (await chat.Page.GetByTestId("earlier").CountAsync() == 1) return true;
                await chat.Page.Mouse.WheelAsync(0, -900);
                return false;
            },
            asked => asked,
            Cancel);
        await RestAsync(chat);
        var before = await chat.Page.EvaluateAsync<double[]>(
            """
            () => {
              const thread = document.querySelector("[data-testid=thread]");
              const middle = [...document.querySelectorAll("[data-testid=message]")]
                .find((message) => message.getBoundingClientRect().bottom > 300);
              return [Number(middle.dataset.messageId), middle.getBoundingClientRect().top, thread.scrollHeight];
            }
            """);
        held.TrySetResult();
        await chat.Page.WaitForFunctionAsync("height => document.querySelector('[data-testid=thread]').scrollHeight > height + 500", before[2]);
        await Expect(chat.Page.GetByTestId("earlier")).ToHaveCountAsync(0);
        await chat.Page.UnrouteAllAsync();
        return await chat.Message((long)before[0]).EvaluateAsync<double>("message => message.getBoundingClientRect().top") - before[1];
    }
}

internal static class LongPage
{
    public static ILocator Message(this ChatPage chat, long id) => chat.Page.Locator($"[data-testid=message][data-message-id='{id}']");
}
