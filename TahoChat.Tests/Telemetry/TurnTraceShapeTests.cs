using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Tests.Processes;
using static TahoChat.Api.Telemetry.Otlp.Span.Types;

namespace TahoChat.Tests.Telemetry;

/// <summary>What a turn's trace hangs on: the browser's span, the connection's, the request's, that of before a restart.</summary>
public sealed class TurnTraceShapeTests(TelemetryFixture fixture) : IClassFixture<TelemetryFixture>
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_is_linked_to_its_connection_which_is_no_parent_of_anything_even_where_the_client_comes_back()
    {
        var socket = await fixture.Api.ConnectAsync(Test);
        var growing = await socket.GrowAsync(Test, prompt: "[emulator reply=count:120 speed=100 reasoning=0]");
        socket.Abort();
        await using var back = await fixture.Api.ConnectAsync(Test);
        await back.SendAsync(new { type = "watch", conversation_id = growing.Number("conversation_id"), message_id = growing.Number("message_id"), offset = 0 }, Test);
        var rest = await back.ReceiveTurnAsync(Test);
        await back.CloseAsync(Test);
        var trace = await fixture.Collector.TurnAsync(growing.Text("trace_id")!, Test);

        var turn = trace.One("turn");
        var link = Assert.Single(turn.Span.Links);
        Assert.Equal("complete", rest[^1].Text("status"));
        Assert.Single(turn.Events.Called("first slice"));
        var connection = await ApiCalls.UntilAsync(
            () => Task.FromResult(fixture.Collector.Spans.FirstOrDefault(span => span.SpanId == Attribute.Hex(link.SpanId))), span => span is not null, Test);
        Assert.Equal(("GET /ws/chat", SpanKind.Server), (connection!.Name, connection.Kind));
        Assert.NotEqual(turn.TraceId, connection.TraceId);
        var connections = fixture.Collector.Spans.Where(span => span.Name == "GET /ws/chat").Select(span => span.SpanId).ToHashSet();
        Assert.DoesNotContain(fixture.Collector.Spans, span => connections.Contains(span.ParentId));
    }

    [Theory]
    [InlineData("regenerate")]
    [InlineData("continue")]
    [InlineData("edit")]
    public async Task Another_attempt_is_a_turn_of_its_own(string kind)
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var first = await socket.TurnAsync(new { message = $"Break off once before {kind} [emulator fault=reset after=20 fails=1]", client_message_id = Guid.NewGuid().ToString() }, Test);
        var browser = Traces.Browser();
        var turn = await socket.TurnAsync(
            new
            {
                type = kind,
                conversation_id = first[0].Number("conversation_id"),
                message_id = first[0].Number(kind == "edit" ? "user_message_id" : "message_id"),
                message = kind == "edit" ? "Other words" : null,
                client_message_id = Guid.NewGuid().ToString(),
                traceparent = browser.Header,
            },
            Test);
        var span = (await fixture.Collector.TurnAsync(browser.TraceId, Test)).One("turn");

        Assert.Equal((browser.SpanId, kind, "complete"), (span.ParentId, span.Attributes["tahochat.turn.kind"], span.Attributes["tahochat.message.status"]));
        Assert.Equal(turn[^1].Number("message_id"), span.Attributes["tahochat.message.id"]);
        // Of a reply that goes on, what was kept is no first slice. One that is over at once may have none.
        foreach (var slice in span.Events.Called("first slice").Take(2)) Assert.InRange(slice.TimeUnixNano, (await fixture.Collector.TurnAsync(browser.TraceId, Test)).One("POST").Span.StartTimeUnixNano, span.Span.EndTimeUnixNano);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public async Task A_trace_context_that_is_none_makes_a_new_root(string traceparent)
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"root\"]", client_message_id = Guid.NewGuid().ToString(), traceparent }, Test);
        var span = (await fixture.Collector.TurnAsync(turn, Test)).One("turn");

        Assert.Equal("", span.ParentId);
        Assert.Single(span.Span.Links);
    }

    [Fact]
    public async Task A_message_that_was_taken_out_of_the_queue_is_no_error()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var conversation = (await socket.GrowAsync(Test)).Number("conversation_id");
        await socket.SendAsync(new { message = "Never asked", conversation_id = conversation, client_message_id = $"taken-{conversation}" }, Test);
        var waiting = await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Test);
        await socket.SendAsync(new { type = "remove", conversation_id = conversation, message_id = waiting.Number("message_id") }, Test);
        var trace = await fixture.Collector.TurnAsync(waiting.Text("trace_id")!, Test);
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Test);

        Assert.Equal("removed", trace.One("turn").Attributes["tahochat.message.status"]);
        Assert.False(trace.One("turn").Attributes.ContainsKey("error.type"));
        Assert.Equal(["receive", "queue"], trace.Under(trace.One("turn")));
    }

    [Fact]
    public async Task A_turn_by_REST_is_a_child_of_the_request_which_is_a_child_of_the_callers_span()
    {
        var caller = Traces.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat") { Content = new StringContent("""{"message":"[emulator echo=\"rest\"]"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("traceparent", caller.Header);
        // A client that is traced itself would name a span of its own.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = fixture.Api.Address };
        using var response = await http.SendAsync(request, Test);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Test))!["ai_response"]!.AsObject();
        var trace = await fixture.Collector.TraceAsync(caller.TraceId, spans => spans.Any(span => span.Name == "POST /chat"), Test);

        var (server, turn) = (trace.First(span => span.Name == "POST /chat"), trace.First(span => span.Name == "turn"));
        Assert.Equal(caller.TraceId, answer.Text("trace_id"));
        Assert.Equal((caller.SpanId, SpanKind.Server), (server.ParentId, server.Kind));
        Assert.Equal((server.SpanId, SpanKind.Internal), (turn.ParentId, turn.Kind));
        Assert.Empty(turn.Span.Links);
        Assert.InRange(turn.Span.EndTimeUnixNano, turn.Span.StartTimeUnixNano, server.Span.EndTimeUnixNano);
    }

    [Fact]
    public async Task A_turn_that_waits_shows_its_wait()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var growing = await socket.GrowAsync(Test, prompt: "[emulator reply=count:100 speed=200 reasoning=0]");
        var browser = Traces.Browser();
        await socket.SendAsync(new { message = "[emulator echo=\"second\"]", conversation_id = growing.Number("conversation_id"), client_message_id = "second", traceparent = browser.Header }, Test);
        await socket.ReceiveTurnAsync(Test);
        await socket.ReceiveTurnAsync(Test);
        var trace = await fixture.Collector.TurnAsync(browser.TraceId, Test);
        var before = (await fixture.Collector.TurnAsync(growing.Text("trace_id")!, Test)).One("turn");

        var (turn, queue) = (trace.One("turn"), trace.One("queue"));
        Assert.Equal(turn.SpanId, queue.ParentId);
        Assert.InRange((double)turn.Attributes["tahochat.turn.queue_time"]!, 0.001, turn.Duration.TotalSeconds);
        Assert.InRange(before.Span.EndTimeUnixNano, queue.Span.StartTimeUnixNano, turn.Span.EndTimeUnixNano);
        Assert.InRange(queue.Span.EndTimeUnixNano, queue.Span.StartTimeUnixNano, trace.One("SELECT messages").Span.StartTimeUnixNano);
        Assert.False(before.Attributes.ContainsKey("tahochat.turn.queue_time"));
    }

    [Fact]
    public async Task A_turn_that_waited_through_a_restart_goes_on_in_its_trace()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-").FullName;
        string traceId;
        long conversation;
        await using (var api = await fixture.Collector.ApiAsync(Test, folder: folder))
        {
            await using var socket = await api.ConnectAsync(Test);
            conversation = (await socket.GrowAsync(Test)).Number("conversation_id");
            await socket.SendAsync(new { message = "[emulator echo=\"later\"]", conversation_id = conversation, client_message_id = "later" }, Test);
            traceId = (await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Test)).Text("trace_id")!;
            await api.Services.GetRequiredService<TahoChat.Api.Generations.GenerationHub>().ShutDownAsync(Test);
        }

        var waited = (await fixture.Collector.TurnAsync(traceId, Test)).One("turn");
        await using (var api = await fixture.Collector.ApiAsync(Test, folder: folder))
        {
            await using var socket = await api.ConnectAsync(Test);
            await socket.SendAsync(new { type = "resume", conversation_id = conversation }, Test);
            var trace = await fixture.Collector.TurnAsync(traceId, Test, turns: 2);

            var restored = Assert.Single(trace, span => span.Name == "turn" && span.SpanId != waited.SpanId);
            Assert.Equal("queued", waited.Attributes["tahochat.message.status"]);
            Assert.Equal(("", true, "complete"), (restored.ParentId, restored.Attributes["tahochat.turn.restored"], restored.Attributes["tahochat.message.status"]));
            Assert.InRange((double)restored.Attributes["tahochat.turn.queue_time"]!, 0.001, 600);
            Assert.Equal(["SELECT messages", "chat openai/gpt-oss-120b", "UPDATE messages"], trace.Under(restored));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off")]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    public async Task A_reply_has_a_trace_id_also_where_nothing_is_recorded(string setting, string value)
    {
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(
            folder, Test, [("PORT", "0"), (setting, value), .. fixture.Collector.Settings().Select(pair => (pair.Key, pair.Value!))]);
        var browser = Traces.Browser();
        var socket = await api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"unseen\"]", client_message_id = "unseen", traceparent = browser.Header }, Test);
        var other = await socket.TurnAsync(new { message = "[emulator echo=\"unseen\"]", client_message_id = "root" }, Test);
        await socket.DisposeAsync();
        using var http = api.Http();
        using var content = new StringContent("""{"message":"[emulator echo=\"unseen\"]"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/chat", content, Test);
        var rest = JsonNode.Parse(await response.Content.ReadAsStringAsync(Test))!["ai_response"]!.AsObject();

        Assert.Equal(browser.TraceId, turn[^1].Text("trace_id"));
        Assert.Matches("^[0-9a-f]{32}$", other[^1].Text("trace_id"));
        Assert.Matches("^[0-9a-f]{32}$", rest.Text("trace_id"));
        Assert.Equal("complete", rest.Text("status"));
        await api.EndAfterAsync("TERM", Test);
        Assert.DoesNotContain(fixture.Collector.Spans, span => span.TraceId == browser.TraceId || span.TraceId == other[^1].Text("trace_id"));
    }
}
