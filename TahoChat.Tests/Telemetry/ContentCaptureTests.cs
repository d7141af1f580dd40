using System.Text.Json.Nodes;
using TahoChat.Tests.Attachments;
using TahoChat.Tests.Tools;

namespace TahoChat.Tests.Telemetry;

/// <summary>What people and models say is in telemetry only where it is switched on, and only in the attributes that are made for it;
/// then in the shape that Aspire's dashboard shows as a conversation.</summary>
public sealed class ContentCaptureTests
{
    private const string Seeing = "qwen/qwen3.8-27b";
    private const string Switch = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private static readonly string[] _contentAttributes =
        ["gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.tool.definitions", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result"];

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_reasoning_pictures_and_tools_are_in_the_conventions_shape()
    {
        await using var collector = await OtlpCollector.StartAsync(Test);
        await using var api = await collector.ApiAsync(Test, more: (Switch, "true"));
        await using var socket = await api.ConnectAsync(Test);
        var first = await socket.TurnAsync(ToolCalls.Modern("""Look [emulator before="I reckon." tool=calculator args={"expression":"6*7"}]"""), Test);
        var picture = await api.AttachAsync(SampleFiles.Png(), "red.png", Test);
        var second = await socket.TurnAsync(
            new { message = "And this? [emulator echo=\"A picture.\"]", conversation_id = first[0].Number("conversation_id"), model = Seeing, attachment_ids = new[] { picture }, client_message_id = "see" }, Test);
        var (tools, sight) = (await collector.TurnAsync(first, Test), await collector.TurnAsync(second, Test));

        var asked = tools.Where(span => span.Name.StartsWith("chat ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, asked.Count);
        var output = Assert.Single(Messages(asked[0], "gen_ai.output.messages"));
        Assert.Equal(("assistant", "tool_call"), (output.Text("role"), output.Text("finish_reason")));
        Assert.Equal(["reasoning", "text", "tool_call"], Parts(output).Select(part => part.Text("type")));
        Assert.NotEmpty(Parts(output)[0].Text("content")!);
        Assert.Equal("I reckon.", Parts(output)[1].Text("content"));
        Assert.Equal(("calculator", "6*7"), (Parts(output)[2].Text("name"), Parts(output)[2]["arguments"]!.AsObject().Text("expression")));
        var input = Messages(asked[1], "gen_ai.input.messages");
        Assert.Equal(["user", "assistant", "tool"], input.Select(message => message.Text("role")));
        Assert.Equal(("tool_call_response", Parts(output)[2].Text("id"), "42"), (Parts(input[2])[0].Text("type"), Parts(input[2])[0].Text("id"), Parts(input[2])[0].Text("response")));
        var definition = Messages(asked[0], "gen_ai.tool.definitions").Single(tool => tool.Text("name") == "calculator");
        Assert.Equal(("function", "object"), (definition.Text("type"), definition["parameters"]!.AsObject().Text("type")));
        Assert.NotEmpty(definition.Text("description")!);
        var run = tools.One("execute_tool calculator").Attributes;
        Assert.Equal(("""{"expression":"6*7"}""", "42"), (run["gen_ai.tool.call.arguments"], run["gen_ai.tool.call.result"]));

        var shown = Messages(sight.One($"chat {Seeing}"), "gen_ai.input.messages")[^1];
        Assert.Equal(["text", "uri"], Parts(shown).Select(part => part.Text("type")));
        Assert.Equal(("image", "image/png"), (Parts(shown)[1].Text("modality"), Parts(shown)[1].Text("mime_type")));
        Assert.Matches("^omitted:[0-9]+-bytes$", Parts(shown)[1].Text("uri"));
        Assert.Equal("A picture.", Parts(Messages(sight.One($"chat {Seeing}"), "gen_ai.output.messages")[0])[^1].Text("content"));
    }

    [Fact]
    public async Task What_is_told_is_bounded_and_still_JSON()
    {
        await using var collector = await OtlpCollector.StartAsync(Test);
        await using var api = await collector.ApiAsync(Test, groq => groq with { MaxCompletionTokens = 16_384 }, more: (Switch, "TRUE"));
        await using var socket = await api.ConnectAsync(Test);
        // A character of two units at the place of the cut.
        var text = $"{new string('x', 16_383)}😀{new string('y', 25_000)}";
        long? conversation = null;
        var turn = new List<JsonObject>();
        for (var send = 0; send < 6; send++)
        {
            turn = await socket.TurnAsync(ToolCalls.Modern($"{text} [emulator reply=echo]", conversation), Test);
            conversation = turn[0].Number("conversation_id");
        }

        var chat = (await collector.TurnAsync(turn, Test)).One("chat openai/gpt-oss-120b");
        Assert.Equal(true, chat.Attributes["tahochat.content.cut"]);
        Assert.InRange(((string)chat.Attributes["gen_ai.input.messages"]!).Length, 32_000, 66_000);
        var input = Messages(chat, "gen_ai.input.messages");
        // The newest ones, as many as fit.
        Assert.Equal(["user", "assistant", "user"], input.Select(message => message.Text("role")).TakeLast(3));
        Assert.Equal($"{new string('x', 16_383)}…", Parts(input[^1])[0].Text("content"));
        Assert.Equal($"{new string('x', 16_383)}…", Parts(Messages(chat, "gen_ai.output.messages")[0])[^1].Text("content"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, false)]
    public async Task Nothing_of_it_is_anywhere_else(string? setting, bool captured)
    {
        var (prompt, reply) = ($"prompt{Guid.NewGuid():N}", $"reply{Guid.NewGuid():N}");
        await using var collector = await OtlpCollector.StartAsync(Test);
        await using (var api = await collector.ApiAsync(Test, more: setting is null ? [] : [(Switch, setting)]))
        {
            await SayEverythingAsync(api, prompt, reply);
            // The titles, the metrics and the lines of the log come a little later.
            await ApiCalls.UntilAsync(() => Task.FromResult(collector.Spans.Any(span => span.Name == "title")), there => there, Test);
            await ApiCalls.UntilAsync(() => Task.FromResult(collector.Metrics.Count > 0 && collector.Logs.Count > 0), there => there, Test);
        }

        Assert.Equal(captured, collector.Holds(prompt));
        Assert.Equal(captured, collector.Holds(reply));
        var told = collector.Spans.SelectMany(span => span.Attributes.Select(pair => (span, pair.Key, pair.Value)))
            .Where(pair => $"{pair.Value}".Contains(prompt, StringComparison.Ordinal) || $"{pair.Value}".Contains(reply, StringComparison.Ordinal)).ToList();
        Assert.Equal(captured ? _contentAttributes.Where(name => name != "gen_ai.tool.definitions").Order(StringComparer.Ordinal) : [], told.Select(pair => pair.Key).Distinct().Order(StringComparer.Ordinal));
        Assert.All(collector.Spans, span => Assert.All((string[])[span.Name, span.Span.Status?.Message ?? "", .. span.Events.SelectMany(item => item.Attributes.Values).Select(value => $"{value}")], text => AssertClean(text, prompt, reply)));
        Assert.All(collector.Logs, log => Assert.All((string[])[log.Body, .. log.Attributes.Values.Select(value => $"{value}")], text => AssertClean(text, prompt, reply)));
        Assert.All(collector.Metrics.SelectMany(metric => metric.Points).SelectMany(point => point.Attributes.Values), value => AssertClean($"{value}", prompt, reply));
    }

    /// <summary>A reply, a tool's arguments and result, a tool that is not there, a failure, a refusal.</summary>
    private static async Task SayEverythingAsync(TestApi api, string prompt, string reply)
    {
        await using var socket = await api.ConnectAsync(Test);
        await socket.TurnAsync(ToolCalls.Modern($"{prompt} [emulator echo=\"{reply}\"]"), Test);
        await socket.TurnAsync(ToolCalls.Modern($"{prompt} [emulator tool=calculator args={{\"expression\":\"{prompt}\"}}]"), Test);
        await socket.TurnAsync(ToolCalls.Modern($"{prompt} [emulator fault=503]"), Test);
        await socket.TurnAsync(ToolCalls.Modern($"{prompt} [emulator fault=reset]"), Test);
        await socket.TurnAsync(ToolCalls.Modern($"{prompt} [emulator fault=400]"), Test);
        await socket.TurnAsync(ToolCalls.Modern(prompt, conversation: 4_000_000), Test);
    }

    private static void AssertClean(string text, string prompt, string reply)
    {
        Assert.DoesNotContain(prompt, text, StringComparison.Ordinal);
        Assert.DoesNotContain(reply, text, StringComparison.Ordinal);
    }

    private static List<JsonObject> Messages(CollectedSpan span, string attribute) =>
        [.. JsonNode.Parse((string)span.Attributes[attribute]!)!.AsArray().Select(item => item!.AsObject())];

    private static List<JsonObject> Parts(JsonObject message) => [.. message["parts"]!.AsArray().Select(part => part!.AsObject())];
}
