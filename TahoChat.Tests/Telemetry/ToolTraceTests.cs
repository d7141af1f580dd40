using TahoChat.Tests.Tools;
using static TahoChat.Api.Telemetry.Otlp.Span.Types;

namespace TahoChat.Tests.Telemetry;

/// <summary>Tool calls in a turn's trace.</summary>
public sealed class ToolTraceTests
{
    private const string Chat = "chat openai/gpt-oss-120b";

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_a_span_with_the_conventions_names_and_nothing_of_what_it_was_given()
    {
        await using var collector = await OtlpCollector.StartAsync(Test);
        await using var provider = ToolProvider.Once("calculator", """{"expression":"6*7"}""");
        await using var api = await provider.StartAsync(Test, collector.Settings());
        await using var socket = await api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(ToolCalls.Modern("Reckon"), Test);
        var trace = await collector.TurnAsync(turn, Test);

        var call = trace.One("execute_tool calculator");
        Assert.Equal(["receive", Chat, "execute_tool calculator", Chat, "UPDATE messages"], trace.Under(trace.One("turn")));
        Assert.Equal((SpanKind.Internal, "TahoChat.Tools"), (call.Kind, call.Scope));
        Assert.StartsWith("Works out an arithmetic expression", (string)call.Attributes["gen_ai.tool.description"]!, StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "calculator",
                ["gen_ai.tool.type"] = "function",
                ["gen_ai.tool.call.id"] = "fc_1",
                ["gen_ai.conversation.id"] = $"{turn[0].Number("conversation_id")}",
            },
            call.Attributes.Where(pair => pair.Key != "gen_ai.tool.description").ToDictionary());
        Assert.Equal(["tool_calls"], (object?[])trace.First(span => span.Name == Chat).Attributes["gen_ai.response.finish_reasons"]!);
    }

    [Theory]
    [InlineData("calculator", """{"expression":"6*"}""", "execute_tool calculator", "tool_error")]
    [InlineData("calculator", "6*7", "execute_tool calculator", "invalid_arguments")]
    [InlineData("words_of_the_model", "{}", "execute_tool unknown_tool", "unknown_tool")]
    public async Task A_call_that_came_to_nothing_says_why(string tool, string arguments, string name, string error)
    {
        await using var collector = await OtlpCollector.StartAsync(Test);
        await using var provider = ToolProvider.Once(tool, arguments);
        await using var api = await provider.StartAsync(Test, collector.Settings());
        await using var socket = await api.ConnectAsync(Test);
        var trace = await collector.TurnAsync(await socket.TurnAsync(ToolCalls.Modern("Reckon"), Test), Test);

        Assert.Equal(error, trace.One(name).Attributes["error.type"]);
        Assert.Equal("complete", trace.One("turn").Attributes["tahochat.message.status"]);
        Assert.False(collector.Holds("words_of_the_model"));
    }

    [Fact]
    public async Task The_wait_for_a_persons_leave_is_a_span_before_the_run()
    {
        await using var collector = await OtlpCollector.StartAsync(Test);
        await using var provider = ToolProvider.Once("everything__get-sum", """{"a":2,"b":40}""");
        var settings = EverythingServer.Settings();
        foreach (var (key, value) in collector.Settings()) settings[key] = value;
        await using var api = await provider.StartAsync(Test, settings);
        await api.McpReadyAsync(Test);
        await using var socket = await api.ConnectAsync(Test);
        var asking = await socket.AskAsync(Test);
        await socket.SendAsync(asking.Decide("allow"), Test);
        var turn = await socket.ReceiveTurnAsync(Test);
        var trace = await collector.TurnAsync(turn[^1].Text("trace_id")!, Test);

        var (asked, run) = (trace.One("ask everything__get-sum"), trace.One("execute_tool everything__get-sum"));
        Assert.Equal((trace.One("turn").SpanId, trace.One("turn").SpanId), (asked.ParentId, run.ParentId));
        Assert.Equal(("allowed", "everything"), (asked.Attributes["tahochat.tool.decision"], run.Attributes["tahochat.tool.server"]));
        Assert.InRange(asked.Span.EndTimeUnixNano, asked.Span.StartTimeUnixNano, run.Span.StartTimeUnixNano);
        Assert.False(run.Attributes.ContainsKey("error.type"));
        Assert.Empty(trace.Under(run));
    }
}
