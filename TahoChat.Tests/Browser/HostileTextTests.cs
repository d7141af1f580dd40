using System.Net.Http.Json;
using System.Text.Json;
using TahoChat.Tests.Browser.Payloads;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Texts that try to run something or to carry something out, from models and from people.</summary>
public sealed class HostileTextTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const int Fewest = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_more_than_200_payloads_runs_or_is_fetched_at_any_prefix_of_them()
    {
        var payloads = HostilePayloads.All;
        Assert.True(payloads.Distinct().Count() >= Fewest);
        await using var harness = await PayloadHarness.OpenAsync(fixture.Chromium, Cancel);

        var answer = await harness.Watched.Page.EvaluateAsync<string>("async payloads => JSON.stringify(await run(payloads))", payloads.ToArray());
        using var parsed = JsonDocument.Parse(answer);
        var report = parsed.RootElement;

        Assert.Empty(report.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
        Assert.Empty(harness.Escapes);
        Assert.Empty(harness.Watched.Errors);
        Assert.Equal(payloads.Count, report.GetProperty("payloads").GetInt32());
        Assert.Equal(payloads.Sum(payload => payload.Length), report.GetProperty("prefixes").GetInt32());
        // It did show them: some diagrams and formulas are harmless once nothing in them runs.
        Assert.True(report.GetProperty("diagrams").GetInt32() >= 3);
        Assert.True(report.GetProperty("formulas").GetInt32() >= 5);
    }

    [Fact]
    public async Task The_chat_shows_more_than_200_payloads_as_messages_replies_and_titles_and_asks_no_other_place()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var dialogs = 0;
        chat.Page.Dialog += (_, dialog) =>
        {
            Interlocked.Increment(ref dialogs);
            _ = dialog.DismissAsync();
        };
        await chat.Page.EvaluateAsync("window.ran = 0; window.canary = () => { window.ran += 1; }; 0");
        var replies = 0;
        var payloads = HostilePayloads.All.Where(payload => !payload.Contains('\0')).ToArray();
        Assert.True(payloads.Length >= Fewest);
        foreach (var some in payloads.Chunk(70))
        {
            // A person's words and, repeated by the emulator, a model's.
            await chat.SendAsync("[emulator reply=echo speed=4000 first=0 reasoning=0]\n\n" + string.Join("\n\n", some));
            await chat.ReplyIsAsync("complete", ++replies);
            await Expect(chat.Text).ToContainTextAsync("canary()");
        }

        var id = await chat.ConversationAsync();
        foreach (var title in payloads.Where((_, index) => index % 12 == 0).Select(payload => payload.ReplaceLineEndings(" ")))
        {
            using var renamed = await api.Http.PutAsJsonAsync($"/conversations/{id}/title", new { title }, Cancel);
            var shown = (await api.ConversationAsync(id, Cancel)).Text("title");
            if (renamed.IsSuccessStatusCode) await Expect(chat.Conversations.First).ToContainTextAsync(shown!.Trim());
        }

        Assert.Equal(0, await chat.Page.EvaluateAsync<int>("window.ran"));
        Assert.Equal(0, dialogs);
        Assert.Equal(0, await chat.Text.Locator("script, iframe, object, embed, form, style, [onclick], [onerror], [onload]").CountAsync());
        chat.AssertClean();
        await chat.ShootAsync("hostile");
    }
}
