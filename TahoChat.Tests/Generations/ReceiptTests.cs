using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Data;
using TahoChat.Tests.Tools;

namespace TahoChat.Tests.Generations;

/// <summary>The same, where the model has a price.</summary>
public sealed class ApiWithPrices : ApiFixture
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["PRICES"] = "openai/gpt-oss-120b=0.15/0.60/0.075",
    };
}

/// <summary>What a reply took and cost, told with its end and kept with it.</summary>
public sealed class ReceiptTests(ApiWithPrices fixture) : IClassFixture<ApiWithPrices>
{
    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_has_its_receipt_when_it_ends_and_ever_after()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(ToolCalls.Modern("Count [emulator reply=count:40 reasoning=10 speed=200 first=80]"), Cancel))[^1];

        var (usage, timing, cost) = (end["usage"]!, end["timing"]!.AsObject(), end["cost"]!);
        var asked = Assert.Single(Api.Replies("Count [emulator reply=count:40"));
        Assert.Equal(10, (int)usage["reasoning_tokens"]!);
        Assert.Equal(asked.TokensSent, (int)usage["completion_tokens"]!);
        Assert.Equal(["saving", "preparing", "request", "reasoning", "writing", "finishing"], timing.Kinds());
        AssertAddsUp(timing);
        Assert.Equal((1, 0), ((int)timing["requests"]!, (int)timing["retries"]!));
        // The emulator waits and paces by a clock of its own.
        Assert.InRange(timing.Seconds("request"), 0.07, 20);
        Assert.InRange(timing.Seconds("reasoning") + timing.Seconds("writing"), 0.15, 20);
        Assert.InRange((double)timing["time_to_first_token"]!, timing.Seconds("request"), (double)timing["elapsed_time"]!);
        var request = timing["phases"]!.AsArray().Single(phase => (string)phase!["kind"]! == "request")!;
        foreach (var name in (string[])["queue_time", "prompt_time", "completion_time"])
            Assert.Equal((double)timing[name]!, (double)request[name]!);
        AssertCost(cost, usage);
        Assert.Null(cost["simulated"]);
        Assert.Equal(32, end.Text("trace_id")!.Length);
        AssertSame(end, await KeptAsync(end));
    }

    [Fact]
    public async Task Cached_tokens_are_counted_and_cost_less()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var prompt = $"{string.Join(' ', Enumerable.Repeat("The tide comes in and the tide goes out again.", 60))} [emulator echo=\"Yes\" reasoning=0]";
        var first = (await socket.TurnAsync(ToolCalls.Modern(prompt), Cancel))[^1];

        var end = (await socket.TurnAsync(ToolCalls.Modern("And? [emulator echo=\"No\" reasoning=0]", first.Number("conversation_id")), Cancel))[^1];

        Assert.True((int)end["usage"]!["cached_tokens"]! >= 128);
        AssertCost(end["cost"]!, end["usage"]!);
        AssertSame(end, await KeptAsync(end));
    }

    [Fact]
    public async Task A_reply_with_tools_has_the_times_of_each_request_and_of_the_tools_between()
    {
        await using var provider = ToolProvider.Once("calculator", """{"expression":"2*3"}""");
        await using var api = await provider.StartAsync(Cancel, new Dictionary<string, string?> { ["PRICES"] = "openai/gpt-oss-120b=1/2" });
        await using var socket = await api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(ToolCalls.Modern("What is 2*3?"), Cancel))[^1];

        var timing = end["timing"]!.AsObject();
        Assert.Equal(["saving", "preparing", "request", "tools", "preparing", "request", "writing"], timing.Kinds().Where(kind => kind != "finishing"));
        AssertAddsUp(timing);
        Assert.Equal(2, (int)timing["requests"]!);
        Assert.Equal(timing.Seconds("tools"), (double)timing["tool_time"]!, 1e-4);
        Assert.Equal(2 * 0.016, (double)timing["queue_time"]!, 1e-6);
        Assert.Equal(2 * ((73 * 1) + (16 * 2)) / 1e6, (double)end["cost"]!["amount"]!, 1e-12);
    }

    [Fact]
    public async Task An_attempt_that_failed_is_in_the_receipt_with_the_pause_after_it()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(ToolCalls.Modern("Again [emulator fault=503 fails=1 echo=\"there\" reasoning=0]"), Cancel))[^1];

        var timing = end["timing"]!.AsObject();
        Assert.Equal("complete", end.Text("message_status"));
        Assert.Equal(["saving", "preparing", "attempt", "request", "writing"], timing.Kinds().Where(kind => kind != "finishing"));
        AssertAddsUp(timing);
        Assert.Equal((2, 1), ((int)timing["requests"]!, (int)timing["retries"]!));
        // Half of the shortest pause, which is 500 ms give or take a half.
        Assert.InRange((double)timing["retry_time"]!, 0.2, 20);
        Assert.NotNull(end["cost"]);
        Assert.Null(end["cost"]!["partial"]);
    }

    [Fact]
    public async Task A_stopped_reply_has_what_is_known()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel);
        await socket.SendAsync(new { type = "stop", conversation_id = begun.Number("conversation_id") }, Cancel);

        var end = (await socket.ReceiveTurnAsync(Cancel))[^1];

        var timing = end["timing"]!.AsObject();
        Assert.Equal("stopped", end.Text("message_status"));
        Assert.Equal(["saving", "preparing", "request", "writing"], timing.Kinds());
        AssertAddsUp(timing);
        Assert.Equal(1, (int)timing["requests"]!);
        Assert.Null(end["usage"]);
        Assert.Null(end["cost"]);
        AssertSame(end, await KeptAsync(end));
    }

    [Theory]
    [InlineData("401", 1)]
    [InlineData("503", 3)]
    public async Task A_reply_that_failed_before_its_first_text_has_its_attempts_and_its_trace(string fault, int attempts)
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(ToolCalls.Modern($"Fails {fault} [emulator fault={fault}]"), Cancel))[^1];

        var timing = end["timing"]!.AsObject();
        Assert.Equal(("error", "failed"), (end.Text("status"), end.Text("message_status")));
        Assert.Equal(["saving", "preparing", .. Enumerable.Repeat("attempt", attempts)], timing.Kinds());
        AssertAddsUp(timing);
        Assert.Equal((attempts, attempts - 1), ((int)timing["requests"]!, (int)timing["retries"]!));
        Assert.Null(timing["time_to_first_token"]);
        Assert.Equal(32, end.Text("trace_id")!.Length);
        AssertSame(end, await KeptAsync(end));
    }

    [Fact]
    public async Task A_broken_reply_has_what_came_before()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(ToolCalls.Modern("Breaks [emulator fault=reset after=5 reply=count:50 first=0 reasoning=3]"), Cancel))[^1];

        var timing = end["timing"]!.AsObject();
        Assert.Equal("interrupted", end.Text("message_status"));
        Assert.Equal(["saving", "preparing", "request", "reasoning", "writing"], timing.Kinds().Where(kind => kind != "finishing"));
        AssertAddsUp(timing);
        Assert.Equal(32, end.Text("trace_id")!.Length);
        AssertSame(end, await KeptAsync(end));
    }

    [Fact]
    public async Task A_reply_that_waited_behind_another_says_how_long()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await using var other = await Api.ConnectAsync(Cancel);
        var growing = await other.GrowAsync(Cancel, prompt: "[emulator reply=count:100 speed=200 first=0 reasoning=0]");

        var end = (await socket.TurnAsync(ToolCalls.Modern("Next [emulator echo=\"next\" reasoning=0]", growing.Number("conversation_id")), Cancel))[^1];

        var timing = end["timing"]!.AsObject();
        Assert.Equal(["saving", "waiting", "preparing", "request", "writing"], timing.Kinds().Where(kind => kind != "finishing"));
        AssertAddsUp(timing);
        Assert.Equal(timing.Seconds("waiting"), (double)timing["wait_time"]!, 1e-4);
        Assert.True((double)timing["time_to_first_token"]! > (double)timing["wait_time"]!);
    }

    [Fact]
    public async Task A_reply_that_was_stopped_while_it_waited_says_how_long_it_did()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var growing = await socket.GrowAsync(Cancel);
        await using var other = await Api.ConnectAsync(Cancel);
        await other.SendAsync(ToolCalls.Modern("Waits", growing.Number("conversation_id")), Cancel);
        var queued = await other.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);

        await other.SendAsync(new { type = "stop", conversation_id = queued.Number("conversation_id"), message_id = queued.Number("message_id") }, Cancel);
        var end = await other.ReceiveFirstAsync(frame => frame.Text("status") == "complete", Cancel);

        Assert.Equal(["saving", "waiting"], end["timing"]!.AsObject().Kinds());
        Assert.Equal(0, (int)end["timing"]!["requests"]!);
        await socket.SendAsync(new { type = "stop", conversation_id = queued.Number("conversation_id") }, Cancel);
    }

    [Fact]
    public async Task A_model_whose_price_nobody_knows_has_no_cost()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(new { message = "Free? [emulator echo=\"no\"]", model = "openai/gpt-oss-20b", client_message_id = "price-1" }, Cancel))[^1];

        Assert.Equal("openai/gpt-oss-20b", end.Text("model"));
        Assert.NotNull(end["usage"]);
        Assert.Null(end["cost"]);
    }

    [Fact]
    public async Task Where_the_emulator_answers_the_cost_is_what_Groq_would_charge_and_says_so()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_API_KEY"] = "", ["GROQ_EMULATOR"] = "true" });
        await using var socket = await api.ConnectAsync(Cancel);

        var end = (await socket.TurnAsync(ToolCalls.Modern("Hello [emulator reply=count:20]"), Cancel))[^1];

        AssertCost(end["cost"]!, end["usage"]!);
        Assert.True((bool)end["cost"]!["simulated"]!);
    }

    [Fact]
    public async Task A_receipt_of_an_older_version_reads_as_it_did()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var end = (await socket.TurnAsync(ToolCalls.Modern("Old [emulator echo=\"old\"]"), Cancel))[^1];
        const string old =
            """{"CachedTokens":8,"CompletionTime":0.31,"CompletionTokens":160,"PromptTime":0.004,"PromptTokens":73,"QueueTime":0.016,"ReasoningTime":null,"ReasoningTokens":14,"TimeToFirstToken":0.182,"TotalTime":0.314,"TotalTokens":233}""";
        await using (var scope = Api.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ChatDbContext>().Database
                .ExecuteSqlAsync($"UPDATE messages SET receipt = {old} WHERE id = {end.Number("message_id")}", Cancel);
        }

        var kept = await KeptAsync(end);

        Assert.Equal("""{"prompt_tokens":73,"completion_tokens":160,"reasoning_tokens":14,"cached_tokens":8,"total_tokens":233}""", kept["usage"]!.ToJsonString());
        Assert.Equal("""{"time_to_first_token":0.182,"queue_time":0.016,"prompt_time":0.004,"completion_time":0.31,"total_time":0.314}""", kept["timing"]!.ToJsonString());
        Assert.Null(kept["cost"]);
    }

    private Task<JsonObject> KeptAsync(JsonObject end) => Api.MessageAsync(end.Number("conversation_id"), end.Number("message_id"), Cancel);

    private static void AssertSame(JsonObject end, JsonObject kept)
    {
        foreach (var name in (string[])["usage", "timing", "cost", "trace_id"])
            Assert.Equal(end[name]?.ToJsonString(), kept[name]?.ToJsonString());
    }

    /// <summary>The phases are the whole time, and what is ours is what is left without the others' share.</summary>
    private static void AssertAddsUp(JsonObject timing)
    {
        var phases = timing["phases"]!.AsArray().Select(phase => ((string)phase!["kind"]!, (double)phase["seconds"]!)).ToList();
        Assert.All(phases, phase => Assert.True(phase.Item2 >= 0));
        Assert.Equal((double)timing["elapsed_time"]!, phases.Sum(phase => phase.Item2), 1e-4);
        var others = phases.Where(phase => phase.Item1 is "waiting" or "attempt" or "request" or "reasoning" or "writing" or "tools").Sum(phase => phase.Item2);
        Assert.Equal((double)timing["own_time"]!, (double)timing["elapsed_time"]! - others, 1e-4);
    }

    private static void AssertCost(JsonNode cost, JsonNode usage)
    {
        var (prompt, cached, completion) = ((int)usage["prompt_tokens"]!, (int)usage["cached_tokens"]!, (int)usage["completion_tokens"]!);
        var expected = (((prompt - cached) * 0.15m) + (cached * 0.075m) + (completion * 0.60m)) / 1_000_000m;
        Assert.Equal((expected, "USD", 0.15m, 0.075m, 0.6m),
            ((decimal)cost["amount"]!, (string?)cost["currency"], (decimal)cost["input_price"]!, (decimal)cost["cached_price"]!, (decimal)cost["output_price"]!));
    }
}

internal static class Phases
{
    public static List<string> Kinds(this JsonObject timing) => [.. timing["phases"]!.AsArray().Select(phase => (string)phase!["kind"]!)];

    public static double Seconds(this JsonObject timing, string kind) =>
        timing["phases"]!.AsArray().Where(phase => (string)phase!["kind"]! == kind).Sum(phase => (double)phase!["seconds"]!);
}
