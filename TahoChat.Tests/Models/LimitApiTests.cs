using System.Text.Json.Nodes;

namespace TahoChat.Tests.Models;

/// <summary>What is left of the account's limits, as the provider's headers say.</summary>
public sealed class LimitApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_known_before_the_provider_answered()
    {
        await using var api = await TestApi.StartAsync(Cancel);

        Assert.Empty(await LimitsAsync(api));
    }

    [Fact]
    public async Task Each_model_that_answered_has_its_limits()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Hello", model = "qwen/qwen3.8-27b" }, Cancel);

        var limits = await LimitsAsync(api);

        var limit = limits.Single(one => one.Text("model") == "qwen/qwen3.8-27b");
        var (requests, tokens) = (limit["requests"]!.AsObject(), limit["tokens"]!.AsObject());
        Assert.True(requests.Number("limit") > 0 && requests.Number("remaining") <= requests.Number("limit"));
        Assert.True(tokens.Number("remaining") <= tokens.Number("limit"));
        Assert.InRange(tokens.Number("reset_after_ms"), 0, 60_000);
        Assert.InRange(requests.Number("reset_after_ms"), 0, 24 * 3600 * 1000);
        Assert.Equal(4096, limit.Number("reserved_tokens"));
        Assert.True((DateTime)requests["reset_at"]! >= (DateTime)limit["seen_at"]!);
    }

    [Fact]
    public async Task A_failure_tells_the_limits_too_and_one_without_headers_nothing()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        await using var socket = await api.ConnectAsync(Cancel);

        await socket.TurnAsync(new { message = "Hello [emulator fault=401]" }, Cancel);
        var afterRefusal = await LimitsAsync(api);
        await socket.TurnAsync(new { message = "Hello [emulator fault=429 retry_after=3600]" }, Cancel);
        var afterLimit = await LimitsAsync(api);

        Assert.Empty(afterRefusal);
        Assert.Equal(["openai/gpt-oss-120b"], afterLimit.Select(limit => limit.Text("model")));
    }

    private static async Task<List<JsonObject>> LimitsAsync(TestApi api) =>
        [.. JsonNode.Parse(await api.Http.GetStringAsync("/limits", Cancel))!.AsArray().Select(limit => limit!.AsObject())];
}
