using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>Which models there are, and what answers in place of one that is gone.</summary>
public sealed class ModelCatalogTests
{
    private const string Groqs = """
        {"object":"list","data":[
          {"id":"whisper-large-v3","active":true,"context_window":448},
          {"id":"openai/gpt-oss-20b","object":"model","active":true,"context_window":131072,"max_completion_tokens":65536,"name":"GPT OSS 20B","owned_by":"OpenAI","input_modalities":["text"],"output_modalities":["text"],"supported_features":["tools","reasoning"]},
          {"id":"meta-llama/llama-guard-4-12b","active":true,"context_window":131072},
          {"id":"old-one","active":false},
          {"id":"voice","output_modalities":["audio"]},
          {"id":"openai/gpt-oss-120b","active":true,"context_window":131072},
          {"id":7},{},null]}
        """;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Only_active_models_that_chat_are_offered()
    {
        await using var server = Listing(Groqs);
        await using var host = new GroqHost(server.BaseUrl);
        var catalog = host.Get<ModelCatalog>();

        await catalog.RefreshAsync(Test);

        Assert.Equal(["openai/gpt-oss-20b", "openai/gpt-oss-120b"], catalog.Models.Select(model => model.Id));
        Assert.Equal(("GPT OSS 20B", "OpenAI", 65536), (catalog.Models[0].Name, catalog.Models[0].OwnedBy, catalog.Models[0].MaxCompletionTokens));
        Assert.Equal(["tools", "reasoning"], catalog.Models[0].Features);
        Assert.Equal("GET /openai/v1/models HTTP/1.1", server.Requests[0].Line);
    }

    [Theory]
    [InlineData(Groqs, "llama3-70b-8192", "openai/gpt-oss-120b", "llama3-70b-8192 is no longer offered; openai/gpt-oss-120b answers instead.")]
    [InlineData(Groqs, "openai/gpt-oss-20b", "openai/gpt-oss-20b", null)]
    [InlineData("""{"data":[{"id":"small","context_window":100},{"id":"large","context_window":200},{"id":"unknown"}]}""", "gone", "large", "gone is no longer offered; large answers instead.")]
    [InlineData("""{"data":[]}""", "anything", "anything", null)]
    public async Task A_model_that_is_not_there_is_replaced_with_a_notice(string list, string requested, string model, string? notice)
    {
        await using var server = Listing(list);
        await using var host = new GroqHost(server.BaseUrl, settings => settings with { Model = requested, FastModel = requested });
        var catalog = host.Get<ModelCatalog>();

        var choice = await catalog.ResolveAsync(requested, Test);

        Assert.Equal((model, notice), (choice.Model, choice.Notice));
        Assert.Equal(choice, catalog.Default);
        Assert.Equal(choice, await catalog.ResolveAsync(null, Test));
        Assert.Equal(list == Groqs && notice is not null ? "openai/gpt-oss-20b" : model, (await catalog.ResolveFastAsync(Test)).Model);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_delays_a_send_by_two_seconds_once()
    {
        await using var server = new ScriptedServer(exchange => exchange.ForeverAsync());
        await using var host = new GroqHost(server.BaseUrl, time: _clock);
        var catalog = host.Get<ModelCatalog>();

        var first = catalog.ResolveAsync("some-model", Test).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(new ModelChoice("some-model"), await first);

        // Its refresh gives up after 10 s; then nobody waits for half a minute.
        var refresh = catalog.RefreshAsync(Test);
        while (!refresh.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(refresh, Task.Delay(1, Test));
        }

        Assert.True(catalog.ResolveAsync("some-model", Test).AsTask().IsCompletedSuccessfully);
        Assert.Contains(host.Logs.Lines, line => line.Contains("could not be had (provider_timeout)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_is_asked_for_again_after_ten_minutes_and_a_failure_keeps_the_old_one()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(exchange.Number == 1 ? 200 : 500, Groqs));
        await using var host = new GroqHost(server.BaseUrl, time: _clock);
        var catalog = host.Get<ModelCatalog>();

        await catalog.ResolveAsync(null, Test);
        _clock.Advance(TimeSpan.FromMinutes(9));
        await catalog.ResolveAsync(null, Test);
        Assert.Single(server.Requests);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await catalog.ResolveAsync(null, Test);
        await catalog.RefreshAsync(Test);

        Assert.InRange(server.Requests.Count, 2, 3);
        Assert.Equal(2, catalog.Models.Count);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_request()
    {
        await using var server = Listing(Groqs);
        await using var host = new GroqHost(server.BaseUrl);
        var catalog = host.Get<ModelCatalog>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => catalog.ResolveAsync(null, Test).AsTask()));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_model_that_turned_out_to_be_gone_is_not_chosen_again_although_it_is_listed()
    {
        await using var server = Listing(Groqs);
        await using var host = new GroqHost(server.BaseUrl);
        var catalog = host.Get<ModelCatalog>();

        await catalog.RefreshAsync("openai/gpt-oss-120b", Test);

        Assert.Equal("openai/gpt-oss-20b", (await catalog.ResolveAsync("openai/gpt-oss-120b", Test)).Model);
    }

    private static ScriptedServer Listing(string list) => new(exchange => exchange.AnswerAsync(200, list));
}
