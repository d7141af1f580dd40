using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class ToolCallTests
{
    private static readonly string[] _offered =
    [
        """{"name":"calculator","parameters":{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"]}}""",
        """{"name":"current_time","parameters":{"type":"object","properties":{"timezone":{"type":"string"}},"required":["timezone"]}}""",
        """{"name":"find_things","parameters":{"type":"object","properties":{"kind":{"enum":["book","film"]},"most":{"type":"integer","minimum":3},"filter":{"$ref":"#/$defs/f"},"hint":{"type":"string"}},"required":["kind","most","filter"],"$defs":{"f":{"type":"object","properties":{"tags":{"type":"array","items":{"type":"boolean"}}}}}}}""",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Ask(string message, bool stream = true)
    {
        var body = Body(message, stream);
        body["tools"] = new JsonArray([.. _offered.Select(tool => new JsonObject { ["type"] = "function", ["function"] = JsonNode.Parse(tool) })]);
        return body;
    }

    private static List<JsonElement> Calls(StreamTranscript stream) =>
    [
        .. from chunk in stream.Chunks
           from choice in chunk.GetProperty("choices").EnumerateArray()
           where choice.GetProperty("delta").TryGetProperty("tool_calls", out _)
           from call in choice.GetProperty("delta").GetProperty("tool_calls").EnumerateArray()
           select call,
    ];

    private static (string Name, string Arguments) Call(JsonElement call) =>
        (call.GetProperty("function").GetProperty("name").GetString()!, call.GetProperty("function").GetProperty("arguments").GetString()!);

    [Fact]
    public async Task A_call_comes_whole_in_one_chunk()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Ask("""[emulator tool=calculator args={"expression":"[2 + 3] * {4}"} reasoning=3]"""), Cancellation);
        var call = Assert.Single(Calls(stream));
        Assert.Equal(["id", "type", "function", "index"], call.EnumerateObject().Select(property => property.Name));
        Assert.Matches("^fc_[0-9a-f-]{36}$", call.GetProperty("id").GetString());
        Assert.Equal(("calculator", """{"expression":"[2 + 3] * {4}"}"""), Call(call));
        Assert.Equal(("", "tool_calls", true), (stream.Content, stream.FinishReason, stream.IsDone));
        Assert.Equal(3, stream.Deltas("reasoning").Count());
        Assert.True(stream.Chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 3);
    }

    [Fact]
    public async Task Several_calls_are_numbered_and_may_have_text_before_them()
    {
        await using var emulator = await StartAsync(Cancellation);
        var message = """[emulator before="Let me look." tool=current_time tool=calculator args={"expression":"1+1"}]""";
        var stream = await emulator.StreamAsync(Ask(message), Cancellation);
        Assert.Equal("Let me look.", stream.Content);
        Assert.Equal([0, 1], Calls(stream).Select(call => call.GetProperty("index").GetInt32()));
        Assert.Equal(["current_time", "calculator"], Calls(stream).Select(call => Call(call).Name));
        var one = Ask(message);
        one["parallel_tool_calls"] = false;
        Assert.Equal("current_time", Call(Assert.Single(Calls(await emulator.StreamAsync(one, Cancellation)))).Name);
    }

    [Fact]
    public async Task A_whole_completion_has_calls_and_no_content()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Ask("[emulator tool=calculator]", stream: false), Cancellation);
        var choice = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.False(choice.GetProperty("message").TryGetProperty("content", out _));
        var call = choice.GetProperty("message").GetProperty("tool_calls")[0];
        Assert.False(call.TryGetProperty("index", out _));
        Assert.Equal("calculator", Call(call).Name);
    }

    [Theory]
    [InlineData("What time is it?", "current_time", """{"timezone":"UTC"}""")]
    [InlineData("How much is (2 + 3) * 4 - 1?", "calculator", """{"expression":"(2 + 3) * 4 - 1"}""")]
    [InlineData("Use find things for \"Moby Dick\"", "find_things", """{"kind":"book","most":3,"filter":{"tags":[true]}}""")]
    public async Task The_wording_calls_a_tool_that_fits(string message, string tool, string arguments)
    {
        await using var emulator = await StartAsync(Cancellation);
        Assert.Equal((tool, arguments), Call(Assert.Single(Calls(await emulator.StreamAsync(Ask(message), Cancellation)))));
    }

    [Theory]
    [InlineData("Tell me about otters")]
    [InlineData("It was on 2024-05-01")]
    public async Task Any_other_wording_calls_none(string message)
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Ask(message), Cancellation);
        Assert.Empty(Calls(stream));
        Assert.Equal("stop", stream.FinishReason);
    }

    [Theory]
    [InlineData("\"none\"", "What time is it?", null)]
    [InlineData("\"auto\"", "What time is it?", "current_time")]
    [InlineData("\"required\"", "Tell me about otters", "calculator")]
    [InlineData("""{"type":"function","function":{"name":"find_things"}}""", "What time is it?", "find_things")]
    public async Task The_choice_of_tools_is_followed(string choice, string message, string? tool)
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Ask(message);
        body["tool_choice"] = JsonNode.Parse(choice);
        Assert.Equal(tool, Calls(await emulator.StreamAsync(body, Cancellation)).Select(call => Call(call).Name).SingleOrDefault());
    }

    [Fact]
    public async Task The_reply_after_the_calls_tells_their_results()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Ask("What is 6*7? [emulator tool=calculator]");
        var called = Calls(await emulator.StreamAsync(body, Cancellation)).Single();
        AddRound(body, called.GetProperty("id").GetString()!, "42");
        var stream = await emulator.StreamAsync(body, Cancellation);
        Assert.Empty(Calls(stream));
        Assert.Contains("`calculator`", stream.Content, StringComparison.Ordinal);
        Assert.Contains("\n42\n", stream.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_says_how_often_in_a_row_tools_are_called()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Ask("[emulator tool=calculator rounds=2]");
        Assert.Single(Calls(await emulator.StreamAsync(body, Cancellation)));
        AddRound(body, "fc_1", "1");
        Assert.Single(Calls(await emulator.StreamAsync(body, Cancellation)));
        AddRound(body, "fc_2", "2");
        Assert.Empty(Calls(await emulator.StreamAsync(body, Cancellation)));
    }

    [Theory]
    [InlineData("tool=missing", "tool call validation failed: attempted to call tool 'missing' which was not in request.tools")]
    [InlineData("tool=calculator args={}", "parameters for tool calculator did not match schema: errors: [missing properties: 'expression']")]
    [InlineData("""tool=calculator args={"expression":5}""", "errors: [`/expression`: expected string, but got number]")]
    [InlineData("tool=calculator args=\"{not json\"", "Failed to parse tool call arguments as JSON")]
    public async Task A_call_that_does_not_fit_is_refused_whole_and_in_the_stream(string directive, string message)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (status, error) = await emulator.FailAsync(Ask($"[emulator {directive}]", stream: false), Cancellation);
        Assert.Equal((400, "tool_use_failed"), (status, error.GetProperty("code").GetString()));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        var stream = await emulator.StreamAsync(Ask($"[emulator {directive}]"), Cancellation);
        Assert.StartsWith("event: error\ndata: {\"error\":{", stream.Events[^1], StringComparison.Ordinal);
        Assert.Contains("\"status_code\":400", stream.Events[^1], StringComparison.Ordinal);
    }

    private static void AddRound(JsonObject body, string id, string result)
    {
        var messages = body["messages"]!.AsArray();
        messages.Add(JsonNode.Parse(
            $$$"""{"role":"assistant","tool_calls":[{"id":"{{{id}}}","type":"function","function":{"name":"calculator","arguments":"{}"}}]}"""));
        messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["content"] = result });
    }
}
