using System.Net;

namespace TahoChat.Tests.Models;

/// <summary>The models and the key.</summary>
public sealed class ModelApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_models_that_chat_are_listed_with_the_default()
    {
        await using var api = await TestApi.StartAsync(Cancel);

        var models = await api.CallAsync("GET", "/models", Cancel);
        var valid = await api.CallAsync("GET", "/validate-groq-api", Cancel);

        Assert.Equal(HttpStatusCode.OK, models.Status);
        Assert.Equal(("custom", "openai/gpt-oss-120b"), (models.Json.Text("provider"), models.Json.Text("default_model")));
        var listed = models.Json["models"]!.AsArray().Select(model => model!.AsObject()).ToList();
        Assert.Contains("openai/gpt-oss-20b", listed.Select(model => model.Text("id")));
        Assert.DoesNotContain(listed, model => model.Text("id")!.Contains("whisper", StringComparison.Ordinal));
        Assert.All(listed, model => Assert.True(model.ContainsKey("name") && model.ContainsKey("reasoning")));
        Assert.Equal((HttpStatusCode.OK, "valid"), (valid.Status, valid.Json.Text("status")));
        Assert.NotEmpty(valid.Json.Text("message")!);
    }

    [Fact]
    public async Task A_key_that_the_provider_refuses_is_invalid()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_API_KEY"] = "invalid_key_canary" });

        var answer = await api.CallAsync("GET", "/validate-groq-api", Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (answer.Status, answer.Json.Text("status")));
        Assert.Equal("The provider refused the API key. Please check GROQ_API_KEY.", answer.Json.Text("message"));
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_gone_is_replaced_and_the_client_is_told()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MODEL"] = "llama3-8b-8192" });
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Hello" }, Cancel);

        Assert.Equal("openai/gpt-oss-120b", turn[0].Text("model"));
        Assert.Equal("llama3-8b-8192 is no longer offered; openai/gpt-oss-120b answers instead.", turn[0].Text("notice"));
        Assert.Equal(("complete", "openai/gpt-oss-120b"), (turn[^1].Text("status"), turn[^1].Text("model")));
        var models = (await api.CallAsync("GET", "/models", Cancel)).Json;
        Assert.Equal(turn[0].Text("notice"), models.Text("notice"));
    }
}
