using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>What goes out, and what must not.</summary>
public sealed class GroqRequestTests
{
    private const string Organisation = "org_01hzyxwvutsrqponmlkj";

    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_has_exactly_the_fields_that_groq_knows()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = new GroqHost(server.BaseUrl);
        var request = new GroqRequest("openai/gpt-oss-20b", [new("system", "Be <brief>."), new("user", "日本 😀 \ud83d!")], 4096, "low", 0.5);

        await host.Client.StreamAsync(request, Test).LastAsync(Test);
        await host.ReadAllAsync();

        var seen = server.Requests[0];
        Assert.Equal("POST /openai/v1/chat/completions HTTP/1.1", seen.Line);
        Assert.Equal($"Bearer {GroqHost.Key}", seen.Headers["Authorization"]);
        Assert.Equal("application/json", seen.Headers["Content-Type"]);
        Assert.Matches(@"^TahoChat/\d+\.\d+\.\d+$", seen.Headers["User-Agent"]);
        Assert.Equal(
            """{"model":"openai/gpt-oss-20b","messages":[{"role":"system","content":"Be <brief>."},{"role":"user","content":"日本 😀 �!"}],"max_completion_tokens":4096,"reasoning_effort":"low","temperature":0.5,"stream":true,"stream_options":{"include_usage":true}}""",
            Normal(seen.Body));
        Assert.Equal(
            """{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"Hello"}],"stream":true,"stream_options":{"include_usage":true}}""",
            Normal(server.Requests[1].Body));
    }

    [Fact]
    public async Task A_whole_reply_is_asked_for_without_streaming()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, """{"id":"x","model":"m","choices":[{"message":{"content":"Hi \ud83d","reasoning":"hm"},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"x_groq":{"id":"req_2"}}"""));
        await using var host = new GroqHost(server.BaseUrl, settings => settings with { ApiKey = null });

        var reply = await host.Client.CompleteAsync(GroqHost.Request(), Test);

        Assert.Equal(new GroqReply("Hi \ufffd", "hm", new GroqCompletion("length", "m", "req_2", new GroqUsage(1, 2, 3, 0, 0, null, null, null, null))), reply);
        Assert.Contains("\"stream\":false", server.Requests[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("stream_options", server.Requests[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", server.Requests[0].Headers.Keys);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(200)]
    public async Task Neither_key_nor_organisation_nor_prompt_gets_out(int status)
    {
        var said = $$$"""{"error":{"message":"Key {{{GroqHost.Key}}} of {{{Organisation}}}\u001b[31m\r\nfake line, Bearer abc.def","type":"{{{Organisation}}}"}}""";
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(status, status == 200 ? $"event: error\ndata: {said}\n\n" : said, status == 200 ? "text/event-stream" : "application/json"));
        await using var host = new GroqHost(server.BaseUrl, settings => settings with { MaxRetries = 0 });

        var failure = await Assert.ThrowsAsync<GroqException>(async () => await host.Client.StreamAsync(GroqHost.Request("canary prompt"), Test).LastAsync(Test));

        string[] all = [.. host.Logs.Lines, failure.ToString()];
        foreach (var secret in new[] { GroqHost.Key, Organisation, "canary prompt", "abc.def", "\u001b", "\nfake" })
        {
            Assert.DoesNotContain(all, line => line.Contains(secret, StringComparison.Ordinal));
        }

        Assert.Contains(host.Logs.Lines, line => line.Contains("fake line", StringComparison.Ordinal) && line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.DoesNotContain("fake line", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gsk_with\r\nnewline")]
    [InlineData("gsk_schlüssel")]
    public async Task A_key_that_no_header_can_carry_is_refused_without_being_quoted(string key)
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, ""));
        await using var host = new GroqHost(server.BaseUrl, settings => settings with { ApiKey = key });

        var (_, failure) = await host.ReadToFailureAsync();

        Assert.Equal("provider_unauthorized", failure.Code);
        Assert.DoesNotContain([.. host.Logs.Lines, failure.ToString()], line => line.Contains("gsk_", StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_loopback_provider_is_called_without_a_proxy_and_another_one_with()
    {
        Assert.False(GroqServiceCollectionExtensions.HandlerFor(new() { BaseUrl = new Uri("http://localhost:9/openai/v1/") }).UseProxy);
        Assert.False(GroqServiceCollectionExtensions.HandlerFor(new() { BaseUrl = null, IsEmulator = true }).UseProxy);
        var outside = GroqServiceCollectionExtensions.HandlerFor(new() { BaseUrl = new Uri("https://api.groq.com/openai/v1/") });
        Assert.True(outside.UseProxy);
        Assert.False(outside.AllowAutoRedirect);
    }

    [Fact]
    public async Task A_completion_is_a_span_with_the_conventions_names_and_no_text()
    {
        var spans = new List<System.Diagnostics.Activity>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == GroqTelemetry.SourceName,
            Sample = (ref _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = span => { lock (spans) spans.Add(span); },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = new GroqHost(server.BaseUrl);

        await host.Client.StreamAsync(GroqHost.Request("canary", "span/model"), Test).LastAsync(Test);

        System.Diagnostics.Activity span;
        lock (spans) span = Assert.Single(spans, span => span.OperationName == "chat span/model");
        Assert.Equal("groq", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("openai/gpt-oss-20b", span.GetTagItem("gen_ai.response.model"));
        Assert.Equal(73, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("canary", StringComparison.Ordinal) || $"{tag.Value}".Contains("Gott", StringComparison.Ordinal));
    }

    // The writer may escape what it likes; what counts is what it says.
    private static string Normal(string json) => JsonNode.Parse(json)!.ToJsonString(_readable)
        .Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal).Replace("\\uFFFD", "\ufffd", StringComparison.Ordinal);
}
