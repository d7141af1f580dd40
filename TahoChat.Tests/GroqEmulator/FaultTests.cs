using System.Text.Json;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class FaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string? Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? value.GetString() : null;

    [Theory]
    [InlineData("401", 401, "invalid_request_error", "invalid_api_key")]
    [InlineData("404", 404, "invalid_request_error", "model_not_found")]
    [InlineData("413", 413, "tokens", "rate_limit_exceeded")]
    [InlineData("429", 429, "tokens", "rate_limit_exceeded")]
    [InlineData("498", 498, "capacity_exceeded", "capacity_exceeded")]
    [InlineData("500", 500, "internal_server_error", "internal_server_error")]
    [InlineData("503", 503, "internal_server_error", "internal_server_error")]
    public async Task An_error_answers_with_its_status_type_and_code(string fault, int status, string type, string code)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (actual, error) = await emulator.FailAsync(Body($"Hello [emulator fault={fault}]"), Cancellation);
        Assert.Equal((status, type, code), (actual, Text(error, "type"), Text(error, "code")));
        Assert.NotEmpty(Text(error, "message")!);
    }

    [Fact]
    public async Task A_fault_is_chosen_by_header_by_model_name_and_by_message()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var byHeader = await emulator.PostAsync(Body("Hello"), [("x-emulator-fault", "503")], Cancellation);
        using var byModel = await emulator.PostAsync(Body("Hello", model: "openai/gpt-oss-120b@fault=503,speed=0"), Cancellation);
        using var byMessage = await emulator.PostAsync(Body("Hello [emulator fault=503 speed=1000 first=0]"), Cancellation);
        using var headerWins = await emulator.PostAsync(Body("Hello [emulator 500]"), [("x-emulator-fault", "none")], Cancellation);
        Assert.Equal([503, 503, 503, 200], new[] { byHeader, byModel, byMessage, headerWins }.Select(response => (int)response.StatusCode));
    }

    [Fact]
    public async Task Directives_in_the_model_name_are_not_echoed()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Body("[emulator reply=count:3]", model: "openai/gpt-oss-120b@speed=0"), Cancellation);
        Assert.All(stream.Chunks, chunk => Assert.Equal("openai/gpt-oss-120b", chunk.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData("", "32", "31.0125s")]
    [InlineData("retry_after=2", "2", "2.0025s")]
    [InlineData("retry_after=3600", "3600", "1h0m0s")]
    [InlineData("retry_after=0", "0", "0ms")]
    [InlineData("retry_after=soon", "soon", "31.0125s")]
    [InlineData("retry_after=none", null, "31.0125s")]
    public async Task A_rate_limit_says_when_to_come_back_and_names_the_organisation(string directive, string? header, string wait)
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Body($"[emulator fault=429 {directive}]"), Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(header, response.Headers.TryGetValues("retry-after", out var values) ? values.Single() : null);
        Assert.Contains($"Please try again in {wait}.", body, StringComparison.Ordinal);
        Assert.Matches("organization `org_01[0-9a-z]+`", body);
        Assert.True(response.Headers.Contains("x-ratelimit-limit-tokens"));
    }

    [Fact]
    public async Task A_bad_gateway_is_a_page_of_HTML()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Body("[emulator 502]"), Cancellation);
        Assert.Equal((502, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_key_is_refused_without_limits_and_any_other_is_taken()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var refused = await emulator.PostAsync(Body("Hello"), [("Authorization", "Bearer invalid_key")], Cancellation);
        using var taken = await emulator.PostAsync(Body("Hello"), [("Authorization", "Bearer gsk_anything")], Cancellation);
        Assert.Equal((401, 200), ((int)refused.StatusCode, (int)taken.StatusCode));
        Assert.Contains("\"message\":\"Invalid API Key\"", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Headers, header => header.Key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase));
        using var models = new HttpRequestMessage(HttpMethod.Get, "/openai/v1/models") { Headers = { { "Authorization", "Bearer invalid" } } };
        using var refusedModels = await emulator.Client.SendAsync(models, Cancellation);
        Assert.Equal(401, (int)refusedModels.StatusCode);
    }

    [Theory]
    [InlineData("nobody/none", 404, "model_not_found")]
    [InlineData("llama3-70b-8192", 400, "model_decommissioned")]
    [InlineData("llama-3.3-70b-versatile", 404, "model_not_found")]
    [InlineData("llama-3.1-8b-instant", 404, "model_not_found")]
    [InlineData("whisper-large-v3", 400, null)]
    public async Task A_model_that_cannot_chat_is_refused(string model, int status, string? code)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (actual, error) = await emulator.FailAsync(Body("Hello", model: model), Cancellation);
        Assert.Equal((status, code), (actual, Text(error, "code")));
        Assert.Contains($"`{model}`", Text(error, "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503", true)]
    [InlineData("503", false)]
    [InlineData("cut", true)]
    public async Task Fails_strikes_the_first_attempts_of_a_body_only(string fault, bool stream)
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body($"[emulator fault={fault} fails=2 reply=count:20]", stream);
        var whole = new List<bool>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var response = await emulator.PostAsync(body, Cancellation);
            whole.Add((await response.Content.ReadAsStringAsync(Cancellation)).Contains("finish_reason\":\"stop", StringComparison.Ordinal));
        }

        Assert.Equal([false, false, true], whole);
        using var other = await emulator.PostAsync(Body($"[emulator fault={fault} fails=2 reply=count:21]", stream), Cancellation);
        Assert.DoesNotContain("finish_reason\":\"stop", await other.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("fault=418")]
    [InlineData("speed=fast")]
    [InlineData("reply=count:0")]
    [InlineData("colour=red")]
    public async Task A_misspelt_directive_is_named(string directive)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (status, error) = await emulator.FailAsync(Body($"[emulator {directive}]"), Cancellation);
        Assert.Equal(400, status);
        Assert.StartsWith("emulator: ", Text(error, "message"), StringComparison.Ordinal);
    }
}
