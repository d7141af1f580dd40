using System.Net;
using TahoChat.Api.Speech;
using TahoChat.Tests.Attachments;
using TahoChat.Tests.Groq;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Speech;

/// <summary>A spoken message becomes text.</summary>
public sealed class SpeechTests
{
    private const string Models = """
        {"object":"list","data":[{"id":"openai/gpt-oss-120b","active":true,"context_window":131072},
         {"id":"whisper-large-v3","active":true,"context_window":448},{"id":"whisper-large-v3-turbo","active":true,"context_window":448}]}
        """;

    private static readonly byte[] _webm = [0x1A, 0x45, 0xDF, 0xA3, .. new byte[100]];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<byte[], string> Recordings => new()
    {
        { _webm, "speech.webm" },
        { [0, 0, 0, 20, .. "ftypM4A "u8, .. new byte[20]], "speech.mp4" },
        { [.. "OggS"u8, .. new byte[20]], "speech.ogg" },
        { [.. "RIFF"u8, 1, 0, 0, 0, .. "WAVEfmt "u8], "speech.wav" },
        { [.. "fLaC"u8, .. new byte[20]], "speech.flac" },
        { [.. "ID3"u8, .. new byte[20]], "speech.mp3" },
        { [0xFF, 0xFB, .. new byte[20]], "speech.mp3" },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task A_recording_is_named_by_its_bytes_and_its_text_comes_without_the_space_before_it(byte[] recording, string name)
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, """{"text":" Grüße aus Taho. ","x_groq":{"id":"req_1"}}"""));
        await using var api = await StartAsync(server);

        var answer = await api.UploadAsync(recording, "evil.exe", Cancel, path: "/transcriptions");

        Assert.Equal((HttpStatusCode.OK, "Grüße aus Taho."), (answer.Status, answer.Json.Text("text")));
        var asked = Assert.Single(server.Requests, request => request.Line.Contains("/openai/v1/audio/transcriptions", StringComparison.Ordinal));
        Assert.Equal($"Bearer {Canary.Key}", asked.Headers["Authorization"]);
        Assert.Contains(name, asked.Body, StringComparison.Ordinal);
        Assert.Contains("whisper-large-v3-turbo", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", asked.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whisper-large-v3", "whisper-large-v3")]
    [InlineData("distil-whisper-large-v3-en", "whisper-large-v3")]
    public async Task The_model_is_the_one_that_is_set_or_else_one_that_is_there(string set, string used)
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, """{"text":"Hello"}"""));
        await using var api = await StartAsync(server, set);
        var models = await api.CallAsync("GET", "/models", Cancel);
        Assert.Equal(used, models.Json.Text("speech_model"));
        Assert.DoesNotContain(models.Json["models"]!.AsArray(), model => ((string)model!["id"]!).Contains("whisper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_model_that_hears_the_provider_is_not_asked()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, """{"object":"list","data":[{"id":"llama"}]}"""));
        await using var api = await StartAsync(server);

        Assert.Null((await api.CallAsync("GET", "/models", Cancel)).Json["speech_model"]);
        var refused = await api.UploadAsync(_webm, "a.webm", Cancel, path: "/transcriptions");
        Assert.Equal((HttpStatusCode.NotImplemented, "no_speech_model"), (refused.Status, refused.Json.Text("code")));
        Assert.DoesNotContain(server.Requests, request => request.Line.Contains("audio", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401, "provider_unauthorized", HttpStatusCode.BadGateway)]
    [InlineData(429, "provider_rate_limited", HttpStatusCode.ServiceUnavailable)]
    [InlineData(400, "provider_rejected", HttpStatusCode.BadGateway)]
    [InlineData(500, "provider_error", HttpStatusCode.BadGateway)]
    public async Task What_the_provider_refuses_is_told_in_our_words_and_asked_once(int status, string code, HttpStatusCode expected)
    {
        await using var server = Server(exchange => exchange.AnswerAsync(
            status, """{"error":{"message":"org_secret01 on gsk_secret: <html>","type":"t","code":"c"}}""", more: "retry-after: 7\r\n"));
        await using var api = await StartAsync(server);

        var answer = await api.UploadAsync(_webm, "a.webm", Cancel, path: "/transcriptions");

        Assert.Equal((expected, code), (answer.Status, answer.Json.Text("code")));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.Line.Contains("audio", StringComparison.Ordinal));
        if (status == 429) Assert.Equal("7", Assert.Single(answer.Response.Headers.GetValues("Retry-After")));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{\"text\":5}")]
    public async Task An_answer_that_is_no_transcription_is_told_so(string body)
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, body));
        await using var api = await StartAsync(server);
        var answer = await api.UploadAsync(_webm, "a.webm", Cancel, path: "/transcriptions");
        Assert.Equal((HttpStatusCode.BadGateway, "provider_protocol"), (answer.Status, answer.Json.Text("code")));
    }

    [Fact]
    public async Task A_recording_may_have_25_MB_and_has_to_be_one()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        byte[] beyond = [.. _webm, .. new byte[SpeechApi.LargestRecording + 1 - _webm.Length]];

        // What the provider makes of so much silence is its own matter: it was asked.
        await api.UploadAsync(beyond[..^1], "a.webm", Cancel, path: "/transcriptions");
        Assert.Single(api.Provider.Requests, request => request.Path.EndsWith("/audio/transcriptions", StringComparison.Ordinal));
        var tooLarge = await api.UploadAsync(beyond, "a.webm", Cancel, path: "/transcriptions");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "file_too_large"), (tooLarge.Status, tooLarge.Json.Text("code")));
        var text = await api.UploadAsync(SampleFiles.Text("I am a text"), "a.webm", Cancel, path: "/transcriptions");
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_file"), (text.Status, text.Json.Text("code")));
        Assert.Single(api.Provider.Requests, request => request.Path.EndsWith("/audio/transcriptions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_may_use_the_microphone_and_nothing_else()
    {
        await using var server = Server(exchange => exchange.AnswerAsync(200, "{}"));
        await using var api = await StartAsync(server);
        var policy = Assert.Single((await api.CallAsync("GET", "/health", Cancel)).Response.Headers.GetValues("Permissions-Policy"));
        Assert.StartsWith("microphone=(self), camera=()", policy, StringComparison.Ordinal);
    }

    private static ScriptedServer Server(Func<Exchange, Task> transcribe) => new(exchange =>
        exchange.Request.Line.Contains("/audio/", StringComparison.Ordinal) ? transcribe(exchange) : exchange.AnswerAsync(200, Models));

    private static Task<TestApi> StartAsync(ScriptedServer server, string? model = null) => TestApi.StartAsync(Cancel, new Dictionary<string, string?>
    {
        ["GROQ_BASE_URL"] = server.BaseUrl.ToString(),
        ["GROQ_SPEECH_MODEL"] = model,
    });
}
