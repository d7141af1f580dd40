using System.Text.Json;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>Servers that speak the protocol in their own way.</summary>
public sealed class OtherProviderTests
{
    // From the four servers' documentation and sources: what they have of a chunk, and what they leave out.
    private static readonly Dictionary<string, (string Models, string[] Events, string Model, int? Window)> _servers = new()
    {
        ["ollama"] = (
            """{"object":"list","data":[{"id":"nomic-embed-text:latest","object":"model","created":1763000000,"owned_by":"library"},{"id":"llama3.2:latest","object":"model","created":1763000000,"owned_by":"library"}]}""",
            [
                """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1763000001,"model":"llama3.2","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}""",
                """{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"role":"assistant","content":"lo"},"finish_reason":null}]}""",
                """{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}""",
            ],
            "llama3.2:latest", null),
        ["llama.cpp"] = (
            """{"models":[{"name":"qwen3.gguf","model":"qwen3.gguf","modified_at":"","size":"","type":"model","capabilities":["completion"]}],"object":"list","data":[{"id":"qwen3.gguf","object":"model","created":1763000000,"owned_by":"llamacpp","meta":{"vocab_type":2,"n_ctx_train":40960,"n_params":4022468096}}]}""",
            [
                """{"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":"1763000001","id":"chatcmpl-1","model":"qwen3.gguf","object":"chat.completion.chunk"}""",
                """{"choices":[{"finish_reason":null,"index":0,"delta":{"reasoning_content":"hm"}}]}""",
                """{"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Hello"}}]}""",
                """{"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"timings":{"prompt_n":1,"predicted_ms":2.5}}""",
            ],
            "qwen3.gguf", 40960),
        ["vllm"] = (
            """{"object":"list","data":[{"id":"Qwen/Qwen3-8B","object":"model","created":1763000000,"owned_by":"vllm","root":"Qwen/Qwen3-8B","parent":null,"max_model_len":32768,"permission":[{"id":"modelperm-1"}]}]}""",
            [
                """{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}""",
                """{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"reasoning_content":"hm","reasoning":"hm"},"logprobs":null,"finish_reason":null}]}""",
                """{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null,"token_ids":null}]}""",
                """{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"stop","stop_reason":null}]}""",
                """{"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":5,"total_tokens":7,"completion_tokens":2}}""",
            ],
            "Qwen/Qwen3-8B", 32768),
        ["lm studio"] = (
            """{"data":[{"id":"text-embedding-nomic-embed-text-v1.5","object":"model","owned_by":"organization_owner"},{"id":"google/gemma-3-4b"}],"object":"list"}""",
            [
                """{"choices":[{"delta":{"content":"Hello"}}]}""",
                """{"choices":[{"delta":{},"finish_reason":"stop"}]}""",
            ],
            "google/gemma-3-4b", null),
    };

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static TheoryData<string> Servers => [.. _servers.Keys];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task It_chats_without_a_key_with_a_model_that_it_has(string name)
    {
        var (models, events, model, window) = _servers[name];
        await using var server = new ScriptedServer(exchange => exchange.Request.Line.StartsWith("GET", StringComparison.Ordinal)
            ? exchange.AnswerAsync(200, models)
            : exchange.AnswerAsync(200, string.Concat(events.Select(data => $"data: {data}\n\n")) + "data: [DONE]\n\n", "text/event-stream; charset=utf-8"));
        await using var host = new GroqHost(server.BaseUrl, settings => settings with { ApiKey = null });
        var catalog = host.Get<ModelCatalog>();

        var choice = await catalog.ResolveAsync(null, Test);
        var deltas = await host.Client.StreamAsync(GroqHost.Request(model: choice.Model), Test).ToListAsync(Test);

        Assert.Equal((model, window), (choice.Model, choice.ContextWindow));
        Assert.Equal(model, (await catalog.ResolveFastAsync(Test)).Model);
        Assert.Equal("Hello", Recording.Text(deltas));
        Assert.Equal(name is "llama.cpp" or "vllm" ? "hm" : "", Recording.Text(deltas, GroqDeltaKind.Reasoning));
        Assert.Equal(("stop", name == "vllm" ? 7 : null), (deltas[^1].Completion?.FinishReason, deltas[^1].Completion?.Usage?.TotalTokens));
        Assert.All(server.Requests, request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Unrecognized request argument supplied: stream_options","type":"invalid_request_error"}}""", "stream_options", null)]
    [InlineData(422, """{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}""", "max_completion_tokens", "max_tokens")]
    [InlineData(400, """{"object":"error","message":"Unsupported parameter: 'reasoning_effort' is not supported with this model.","type":"BadRequestError","code":400}""", "reasoning_effort", null)]
    [InlineData(400, """{"error":"temperature is not supported"}""", "temperature", null)]
    public async Task A_field_that_it_does_not_know_is_left_out_at_once_and_from_then_on(int status, string body, string field, string? instead)
    {
        await using var server = new ScriptedServer(exchange => exchange.Request.Body.Contains($"\"{field}\"", StringComparison.Ordinal)
            ? exchange.AnswerAsync(status, body)
            : exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = new GroqHost(server.BaseUrl);
        var request = GroqHost.Request() with { MaxCompletionTokens = 77, ReasoningEffort = "low", Temperature = 0.5 };

        Recording.AssertEverything(await host.Client.StreamAsync(request, Test).ToListAsync(Test));
        Recording.AssertEverything(await host.Client.StreamAsync(request, Test).ToListAsync(Test));
        await host.Client.StreamAsync(request with { Model = "another" }, Test).LastAsync(Test);

        Assert.Equal([true, false, false, true, false], server.Requests.Select(sent => sent.Body.Contains($"\"{field}\"", StringComparison.Ordinal)));
        if (instead is not null) Assert.Equal(77, JsonDocument.Parse(server.Requests[1].Body).RootElement.GetProperty(instead).GetInt32());
    }

    [Fact]
    public async Task A_value_that_is_not_allowed_is_no_unknown_field()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(400, """{"error":{"message":"`reasoning_effort` must be one of `none`, `default`"}}"""));
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal("provider_rejected", (await host.ReadToFailureAsync()).Failure.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Fields_refused_one_after_the_other_take_no_more_than_three_requests()
    {
        string[] unknown = ["stream_options", "max_completion_tokens", "reasoning_effort"];
        await using var server = new ScriptedServer(exchange => unknown.FirstOrDefault(field => exchange.Request.Body.Contains($"\"{field}\"", StringComparison.Ordinal)) is { } first
            ? exchange.AnswerAsync(400, $$$"""{"error":{"message":"unknown field {{{first}}}"}}""")
            : exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = new GroqHost(server.BaseUrl);
        var request = GroqHost.Request() with { MaxCompletionTokens = 77, ReasoningEffort = "low" };

        var failure = await Assert.ThrowsAsync<GroqException>(async () => await host.Client.StreamAsync(request, Test).LastAsync(Test));
        Assert.Equal(("provider_rejected", 3), (failure.Code, server.Requests.Count));

        Recording.AssertEverything(await host.Client.StreamAsync(request, Test).ToListAsync(Test));
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task Ollama_s_latest_is_the_model_without_a_tag()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, """{"data":[{"id":"phi4:latest"},{"id":"llama3.2:latest"}]}"""));
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal(new ModelChoice("llama3.2:latest"), await host.Get<ModelCatalog>().ResolveAsync("llama3.2", Test));
    }

    [Theory]
    [InlineData("""{"object":"list","data":null}""", "")]
    [InlineData("""{"models":[{"name":"llama3.2:latest","model":"llama3.2:latest","size":7},{"name":"phi4"}]}""", "llama3.2:latest phi4")]
    [InlineData("""[{"id":"a"},{"id":"b","context_length":8192}]""", "a b")]
    [InlineData("""{"data":[{"id":"only"}]}""", "only")]
    public void A_list_of_models_is_read_in_every_shape(string body, string ids) =>
        Assert.Equal(ids, string.Join(' ', GroqModelReader.Read(System.Text.Encoding.UTF8.GetBytes(body)).Select(model => model.Id)));
}
