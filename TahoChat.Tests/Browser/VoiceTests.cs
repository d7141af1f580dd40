using TahoChat.Tests.Groq;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>A message that is spoken, with a microphone that beeps.</summary>
public sealed class VoiceTests(ChromiumWithMicrophone fixture) : IClassFixture<ChromiumWithMicrophone>
{
    private const string Models = """
        {"object":"list","data":[{"id":"openai/gpt-oss-120b","active":true},{"id":"whisper-large-v3-turbo","active":true}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_spoken_is_written_down_where_the_cursor_is()
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, """{"text":" the tides"}"""));
        await using var api = await StartAsync(server);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.Composer.FillAsync("Explain, please");
        await chat.Composer.EvaluateAsync("(area) => area.setSelectionRange(7, 7)");

        await chat.Page.GetByTestId("voice").PressAsync("Enter");
        await Expect(chat.Page.GetByTestId("voice-time")).ToHaveTextAsync("0:02");
        await Expect(chat.Page.GetByTestId("voice-bar")).ToContainTextAsync("of 25 MB");
        await chat.ShootAsync("voice-recording");
        await chat.Page.GetByTestId("voice-done").ClickAsync();

        await Expect(chat.Composer).ToHaveValueAsync("Explain the tides, please");
        await Expect(chat.Page.GetByTestId("voice-bar")).ToHaveCountAsync(0);
        var asked = Assert.Single(server.Requests, request => request.Line.Contains("/audio/", StringComparison.Ordinal));
        Assert.Contains("speech.webm", asked.Body, StringComparison.Ordinal);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_recording_that_is_cancelled_goes_nowhere()
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, """{"text":"?"}"""));
        await using var api = await StartAsync(server);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.Page.GetByTestId("voice").ClickAsync();
        await Expect(chat.Page.GetByTestId("voice-time")).ToBeVisibleAsync();
        await chat.Page.GetByTestId("voice-cancel").ClickAsync();

        await Expect(chat.Page.GetByTestId("voice-bar")).ToHaveCountAsync(0);
        await Expect(chat.Page.GetByTestId("voice")).ToHaveAttributeAsync("data-state", "idle");
        Assert.DoesNotContain(server.Requests, request => request.Line.Contains("/audio/", StringComparison.Ordinal));
        chat.AssertClean();
    }

    [Fact]
    public async Task What_could_not_be_written_down_is_kept_and_tried_again()
    {
        var first = true;
        await using var server = Server(exchange =>
        {
            var fails = first;
            first = false;
            return fails ? exchange.AnswerAsync(500, "{}") : exchange.AnswerAsync(200, """{"text":"At last."}""");
        });
        await using var api = await StartAsync(server);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.Page.GetByTestId("voice").ClickAsync();
        await Expect(chat.Page.GetByTestId("voice-time")).ToHaveTextAsync("0:01");
        await chat.Page.GetByTestId("voice").ClickAsync();
        await Expect(chat.Page.GetByTestId("voice-bar")).ToContainTextAsync("problem of its own");
        await chat.Page.GetByTestId("voice-bar").GetByText("Try again", new() { Exact = true }).ClickAsync();

        await Expect(chat.Composer).ToHaveValueAsync("At last.");
        chat.AssertClean("502");
    }

    [Theory]
    [InlineData("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))", "Allow it in the site settings")]
    [InlineData("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))", "No microphone was found")]
    public async Task A_microphone_that_is_not_given_is_explained(string browser, string words)
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, "{}"));
        await using var api = await StartAsync(server);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.Page.EvaluateAsync($"() => {{ {browser}; }}");
        await chat.Page.GetByTestId("voice").ClickAsync();
        await Expect(chat.Page.GetByTestId("voice-bar")).ToContainTextAsync(words);
        await chat.ShootAsync("voice-refused");
        await chat.Page.GetByTestId("voice-cancel").ClickAsync();
        await Expect(chat.Page.GetByTestId("voice-bar")).ToHaveCountAsync(0);
        chat.AssertClean();
    }

    [Fact]
    public async Task Without_a_model_that_hears_there_is_no_microphone()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, """{"object":"list","data":[{"id":"llama","active":true}]}"""));
        await using var api = await StartAsync(server);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await Expect(chat.Page.GetByTestId("attach")).ToBeVisibleAsync();
        await Expect(chat.Page.GetByTestId("voice")).ToHaveCountAsync(0);
    }

    private static ScriptedServer Server(Func<Exchange, Task> transcribe) => new(exchange =>
        exchange.Request.Line.Contains("/audio/", StringComparison.Ordinal) ? transcribe(exchange) : exchange.AnswerAsync(200, Models));

    private static Task<TestApi> StartAsync(ScriptedServer server) =>
        TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_BASE_URL"] = server.BaseUrl.ToString() });
}
