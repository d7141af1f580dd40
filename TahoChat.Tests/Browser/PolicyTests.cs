using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>The content security policy, as Chromium carries it out.</summary>
public sealed class PolicyTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string NoteViolations =
        "addEventListener('securitypolicyviolation', (event) => (globalThis.violations ??= []).push(event.effectiveDirective))";

    // What is injected runs in tasks of its own: what the test itself evaluates is not held to the page's policy.
    private const string Attack = """
        () => new Promise((resolve) => {
          const results = { evaluated: "not tried", made: "not tried", fetched: "not tried" };
          const inline = document.createElement("script");
          inline.textContent = "globalThis.inlineRan = true";
          document.body.append(inline);
          const remote = document.createElement("script");
          remote.src = "data:text/javascript,globalThis.remoteRan=true";
          document.body.append(remote);
          const picture = document.createElement("div");
          picture.innerHTML = "<img src='data:,' onerror='globalThis.attributeRan = true'><iframe src='data:text/html,x'></iframe>";
          document.body.append(picture);
          setTimeout("globalThis.timerRan = true", 0);
          setTimeout(() => {
            try { results.evaluated = globalThis.eval("1 + 1"); } catch (error) { results.evaluated = error.name; }
            try { results.made = new Function("return 1")(); } catch (error) { results.made = error.name; }
          }, 0);
          fetch("http://127.0.0.1:9/").catch(() => { results.fetched = "blocked"; });
          const began = performance.now();
          const look = () => {
            const violations = [...new Set(globalThis.violations ?? [])].sort();
            const over = violations.length > 4 && !Object.values(results).includes("not tried");
            if (!over && performance.now() - began < 20_000) return setTimeout(look, 50);
            const ran = [globalThis.inlineRan, globalThis.remoteRan, globalThis.attributeRan, globalThis.timerRan];
            resolve(JSON.stringify({ ...results, ran: ran.filter(Boolean).length, violations: violations.join(" ") }));
          };
          look();
        })
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_injected_into_the_page_does_not_run_and_the_page_itself_offends_against_nothing()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.Page.Context.AddInitScriptAsync(NoteViolations);
        await chat.Page.ReloadAsync();
        await chat.ConnectedAsync();
        await chat.SendAsync("Show me everything about tides [emulator first=0 speed=0]");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Text.Locator(".katex").First).ToBeVisibleAsync();
        await chat.Page.GotoAsync(new Uri(api.Address, "/figures/").ToString());
        await Expect(chat.Page.Locator("#figures")).ToBeVisibleAsync();
        await chat.Page.GotoAsync(new Uri(api.Address, "/nowhere").ToString());
        await Expect(chat.Page.GetByText("no such page")).ToBeVisibleAsync();
        chat.AssertClean("404");

        await chat.Page.GotoAsync(api.Address.ToString());
        await chat.ConnectedAsync();
        Assert.Null(await chat.Page.EvaluateAsync<string?>("globalThis.violations?.join(' ') ?? null"));
        var result = await chat.Page.EvaluateAsync<string>(Attack);
        Assert.Equal(
            """{"evaluated":"EvalError","made":"EvalError","fetched":"blocked","ran":0,"violations":"connect-src frame-src script-src script-src-attr script-src-elem"}""",
            result);
    }
}
