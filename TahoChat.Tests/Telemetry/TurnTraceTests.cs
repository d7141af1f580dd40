using TahoChat.Api.Telemetry.Otlp;
using static TahoChat.Api.Telemetry.Otlp.Span.Types;

namespace TahoChat.Tests.Telemetry;

/// <summary>One trace per turn: its spans, and what is on them, name by name.</summary>
public sealed class TurnTraceTests(TelemetryFixture fixture) : IClassFixture<TelemetryFixture>
{
    private const string Growing = "[emulator tokens=150 reasoning=20 speed=100]";
    private const string Model = "openai/gpt-oss-120b";

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_is_a_child_of_the_browsers_span_and_has_few_spans_with_a_name_each()
    {
        var browser = Traces.Browser();
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = Growing, client_message_id = $"m-{browser.SpanId}", traceparent = browser.Header }, Test);
        var trace = await fixture.Collector.TurnAsync(turn, Test);

        var root = trace.One("turn");
        Assert.Equal((browser.TraceId, browser.SpanId, SpanKind.Server), (root.TraceId, root.ParentId, root.Kind));
        Assert.Equal(["receive", $"chat {Model}", "UPDATE messages"], trace.Under(root));
        Assert.Equal(["INSERT messages"], trace.Under(trace.One("receive")));
        Assert.Equal(["POST"], trace.Under(trace.One($"chat {Model}")));
        Assert.Equal(6, trace.Count);
        // From the command's arrival to the saved end: its children are within it, and nothing follows the last.
        Assert.All(trace, span => Assert.InRange(span.Span.StartTimeUnixNano, root.Span.StartTimeUnixNano, root.Span.EndTimeUnixNano));
        Assert.InRange(trace.One("UPDATE messages").Span.EndTimeUnixNano, trace.One($"chat {Model}").Span.EndTimeUnixNano, root.Span.EndTimeUnixNano);
    }

    [Fact]
    public async Task The_turns_span_says_whose_it_is_how_it_ended_and_when_the_first_slice_went_out()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = Growing, client_message_id = Guid.NewGuid().ToString() }, Test);
        var span = (await fixture.Collector.TurnAsync(turn, Test)).One("turn");

        Assert.Equal("", span.ParentId);
        var length = turn.Content().Length;
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["tahochat.turn.kind"] = "send",
                ["tahochat.conversation.id"] = turn[0].Number("conversation_id"),
                ["tahochat.user_message.id"] = turn[0].Number("user_message_id"),
                ["tahochat.message.id"] = turn[0].Number("message_id"),
                ["gen_ai.conversation.id"] = $"{turn[0].Number("conversation_id")}",
                ["tahochat.message.status"] = "complete",
                ["tahochat.reply.length"] = (long)length,
            },
            span.Attributes.Where(pair => !pair.Key.StartsWith("tahochat.checkpoint.", StringComparison.Ordinal)).ToDictionary());
        Assert.Equal(Status.Types.StatusCode.Unset, span.Span.Status?.Code ?? Status.Types.StatusCode.Unset);
        var first = Assert.Single(span.Events.Called("first slice"));
        Assert.InRange((long)first.Attributes["tahochat.slice.length"]!, 1, 20_000);
        // 1.7 s of text: six checkpoints or so, and on a busy machine fewer.
        var count = (long)span.Attributes["tahochat.checkpoint.count"]!;
        Assert.InRange(count, 1, 20);
        Assert.Equal((int)Math.Log2(count) + 1, span.Events.Called("checkpoint").Count);
        Assert.Equal([1L], span.Events.Called("checkpoint").Take(1).Select(item => item.Attributes["tahochat.checkpoint.number"]));
        Assert.All(span.Events.Called("checkpoint"), item => Assert.IsType<double>(item.Attributes["tahochat.checkpoint.time"]));
        Assert.IsType<double>(span.Attributes["tahochat.checkpoint.longest"]);
    }

    [Fact]
    public async Task The_completions_span_has_the_conventions_names()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var conversation = (await socket.TurnAsync(new { message = "Write a long text" }, Test))[0].Number("conversation_id");
        // Twice: the second time the provider has the beginning in its cache.
        var turn = await socket.TurnAsync(
            new { message = "Another one", conversation_id = conversation, client_message_id = Guid.NewGuid().ToString(), reasoning_effort = "high" }, Test);
        var trace = await fixture.Collector.TurnAsync(turn, Test);

        var chat = trace.One($"chat {Model}");
        var usage = turn[^1]["usage"]!.AsObject();
        Assert.Equal((SpanKind.Client, "TahoChat.Groq"), (chat.Kind, chat.Scope));
        Assert.IsType<double>(chat.Attributes["gen_ai.response.time_to_first_chunk"]);
        Assert.IsType<string>(chat.Attributes["gen_ai.response.id"]);
        Assert.Equal(["stop"], (object?[])chat.Attributes["gen_ai.response.finish_reasons"]!);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "groq",
                ["gen_ai.conversation.id"] = $"{conversation}",
                ["gen_ai.request.model"] = Model,
                ["gen_ai.request.max_tokens"] = 4096L,
                ["gen_ai.request.stream"] = true,
                ["gen_ai.request.reasoning.level"] = "high",
                ["gen_ai.response.model"] = Model,
                ["gen_ai.usage.input_tokens"] = usage.Number("prompt_tokens"),
                ["gen_ai.usage.output_tokens"] = usage.Number("completion_tokens"),
                ["gen_ai.usage.reasoning.output_tokens"] = usage.Number("reasoning_tokens"),
                ["server.address"] = "127.0.0.1",
                ["server.port"] = chat.Attributes["server.port"],
            },
            chat.Attributes.Where(pair => pair.Key is not ("gen_ai.response.time_to_first_chunk" or "gen_ai.response.id" or "gen_ai.response.finish_reasons"
                or "gen_ai.usage.cache_read.input_tokens")).ToDictionary());
        Assert.Equal(usage.Number("cached_tokens"), chat.Attributes.GetValueOrDefault("gen_ai.usage.cache_read.input_tokens") ?? 0L);
        Assert.Equal(chat.Attributes["server.port"], trace.One("POST").Attributes["server.port"]);
        Assert.Equal(200L, trace.One("POST").Attributes["http.response.status_code"]);
        Assert.False(trace.One("POST").Attributes.ContainsKey("http.request.resend_count"));
    }

    [Theory]
    [InlineData("INSERT messages", "INSERT", true)]
    [InlineData("SELECT messages", "SELECT", false)]
    [InlineData("UPDATE messages", "UPDATE", true)]
    public async Task A_database_span_has_the_conventions_names_and_says_how_long_a_write_waited(string name, string operation, bool writes)
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var first = await socket.TurnAsync(new { message = "[emulator echo=\"short\"]" }, Test);
        // What the model is given is read from the second turn on.
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"short\"]", conversation_id = first[0].Number("conversation_id") }, Test);
        var span = (await fixture.Collector.TurnAsync(turn[^1].Text("trace_id")!, Test)).One(name);

        Assert.Equal(
            (SpanKind.Client, "sqlite", operation, "messages"),
            (span.Kind, span.Attributes["db.system.name"], span.Attributes["db.operation.name"], span.Attributes["db.collection.name"]));
        Assert.DoesNotContain(span.Attributes.Keys, key => key.Contains("query", StringComparison.Ordinal));
        if (writes)
        {
            Assert.InRange((double)span.Attributes["tahochat.db.queue_time"]!, 0, span.Duration.TotalSeconds);
            Assert.InRange((double)span.Attributes["tahochat.db.commit_time"]!, 1e-6, span.Duration.TotalSeconds);
            Assert.InRange((long)span.Attributes["tahochat.db.batch_size"]!, 1, 256);
        }
        else
        {
            Assert.Equal(3L, span.Attributes["db.response.returned_rows"]);
        }
    }

    [Fact]
    public async Task Every_span_says_which_service_and_which_version_it_comes_from()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"short\"]" }, Test);
        var trace = await fixture.Collector.TurnAsync(turn[^1].Text("trace_id")!, Test);

        Assert.All(trace, span => Assert.Equal("tahochat-api", span.Service));
        Assert.All(trace, span => Assert.Matches(@"^\d+\.\d+\.\d+$", (string)span.Resource["service.version"]!));
        Assert.All(trace, span => Assert.NotEmpty((string)span.Resource["service.instance.id"]!));
    }

    [Fact]
    public async Task The_environment_names_the_service_where_it_does()
    {
        await using var api = await fixture.Collector.ApiAsync(
            Test, more: [("OTEL_SERVICE_NAME", "api-of-somebody"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=one,deployment.environment.name=test")]);
        await using var socket = await api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"short\"]" }, Test);

        // The servers of a process hear each other's spans; each tells them as its own.
        var spans = await fixture.Collector.TraceAsync(
            turn[^1].Text("trace_id")!, spans => spans.Any(span => span is { Name: "turn", Service: "api-of-somebody" }), Test);
        var resource = spans.First(span => span.Service == "api-of-somebody").Resource;
        Assert.Equal(("one", "test"), (resource["service.instance.id"], resource["deployment.environment.name"]));
    }

    [Fact]
    public async Task A_title_is_a_trace_of_its_own_that_is_linked_to_the_turn()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = "What are the tides?" }, Test);
        var cause = (await fixture.Collector.TurnAsync(turn[^1].Text("trace_id")!, Test)).One("turn");

        var title = await ApiCalls.UntilAsync(
            () => Task.FromResult(fixture.Collector.Spans.FirstOrDefault(span => span.Name == "title" && span.Span.Links.Any(link => Attribute.Hex(link.SpanId) == cause.SpanId))),
            span => span is not null, Test);
        var trace = fixture.Collector.Spans.Where(span => span.TraceId == title!.TraceId).DistinctBy(span => span.SpanId).ToList();

        Assert.Equal(("", cause.Attributes["tahochat.conversation.id"]), (title!.ParentId, title.Attributes["tahochat.conversation.id"]));
        Assert.NotEqual(cause.TraceId, title.TraceId);
        Assert.Equal(["chat openai/gpt-oss-20b", "UPDATE conversations"], trace.Under(title).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(cause.Attributes["gen_ai.conversation.id"], trace.One("chat openai/gpt-oss-20b").Attributes["gen_ai.conversation.id"]);
        Assert.False(trace.One("chat openai/gpt-oss-20b").Attributes.ContainsKey("gen_ai.request.stream"));
    }
}
