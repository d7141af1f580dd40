using TahoChat.Api.Telemetry.Otlp;

namespace TahoChat.Tests.Telemetry;

/// <summary>How a turn that did not go well looks in its trace.</summary>
public sealed class TurnEndTraceTests(TelemetryFixture fixture) : IClassFixture<TelemetryFixture>
{
    private const string Chat = "chat openai/gpt-oss-120b";

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retries_are_seen_as_events_with_their_waits_and_as_requests_with_their_number()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = "[emulator fault=503 fails=2 echo=\"works\"]" }, Test);
        var trace = await fixture.Collector.TurnAsync(turn[^1].Text("trace_id")!, Test);

        var chat = trace.One(Chat);
        var posts = trace.Where(span => span.Name == "POST").ToList();
        Assert.All(posts, post => Assert.Equal(chat.SpanId, post.ParentId));
        Assert.Equal([(null, 503L), (1L, 503L), (2L, 200L)], posts.Select(post => (post.Attributes.GetValueOrDefault("http.request.resend_count"), (long)post.Attributes["http.response.status_code"]!)));
        var retries = chat.Events.Called("retry");
        Assert.Equal([1L, 2L], retries.Select(retry => retry.Attributes["tahochat.retry.number"]));
        Assert.All(retries, retry => Assert.Equal(("provider_overloaded", 503L), (retry.Attributes["error.type"], retry.Attributes["http.response.status_code"])));
        Assert.All(retries, retry => Assert.InRange((double)retry.Attributes["tahochat.retry.wait"]!, 0.005, 1));
        Assert.False(chat.Attributes.ContainsKey("error.type"));
        Assert.Equal("complete", trace.One("turn").Attributes["tahochat.message.status"]);
    }

    [Theory]
    [InlineData("401", "provider_unauthorized", "failed")]
    [InlineData("reset", "provider_disconnected", "interrupted")]
    public async Task A_failure_is_on_the_completion_and_on_the_turn_with_its_code_and_no_words(string fault, string code, string status)
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var turn = await socket.TurnAsync(new { message = $"[emulator fault={fault}]", client_message_id = Guid.NewGuid().ToString() }, Test);
        var trace = await fixture.Collector.TurnAsync(turn, Test);

        foreach (var span in new[] { trace.One("turn"), trace.One(Chat) })
        {
            Assert.Equal((code, Status.Types.StatusCode.Error, code), (span.Attributes["error.type"], span.Span.Status.Code, span.Span.Status.Message));
        }

        Assert.Equal(status, trace.One("turn").Attributes["tahochat.message.status"]);
        Assert.Equal(["error"], (object?[])trace.One(Chat).Attributes["gen_ai.response.finish_reasons"]!);
        if (status == "failed") Assert.Empty(trace.One("turn").Events.Called("first slice"));
    }

    [Fact]
    public async Task A_turn_that_was_stopped_is_no_error()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);
        var growing = await socket.GrowAsync(Test);
        await socket.SendAsync(new { type = "stop", conversation_id = growing.Number("conversation_id") }, Test);
        await socket.ReceiveTurnAsync(Test);
        var trace = await fixture.Collector.TurnAsync(growing.Text("trace_id")!, Test);

        Assert.Equal("stopped", trace.One("turn").Attributes["tahochat.message.status"]);
        Assert.Equal(true, trace.One(Chat).Attributes["tahochat.cancelled"]);
        Assert.All([trace.One("turn"), trace.One(Chat)], span => Assert.False(span.Attributes.ContainsKey("error.type")));
        Assert.All([trace.One("turn"), trace.One(Chat)], span => Assert.NotEqual(Status.Types.StatusCode.Error, span.Span.Status?.Code));
        // The stop came on the socket; saving the end is the turn's all the same.
        Assert.Equal(trace.One("turn").SpanId, trace.One("UPDATE messages").ParentId);
    }

    [Fact]
    public async Task A_provider_that_is_left_alone_is_not_asked_and_the_trace_says_so()
    {
        await using var api = await fixture.Collector.ApiAsync(Test, groq => groq with { BreakerFailures = 2, MaxRetries = 0 });
        await using var socket = await api.ConnectAsync(Test);
        for (var failure = 0; failure < 2; failure++) await socket.TurnAsync(new { message = "[emulator fault=503]" }, Test);
        var refused = await socket.TurnAsync(new { message = "Anybody there?", client_message_id = "open" }, Test);
        var trace = await fixture.Collector.TurnAsync(refused, Test);

        var open = Assert.Single(trace.One(Chat).Events.Called("circuit open"));
        Assert.InRange((double)open.Attributes["tahochat.retry.wait"]!, 1, 15);
        Assert.Equal("provider_unreachable", trace.One(Chat).Attributes["error.type"]);
        Assert.Empty(trace.Under(trace.One(Chat)));
    }

    [Fact]
    public async Task A_send_that_is_refused_or_repeated_is_no_turn()
    {
        var (refused, repeated) = (Traces.Browser(), Traces.Browser());
        await using var socket = await fixture.Api.ConnectAsync(Test);
        await socket.TurnAsync(new { message = "Where?", conversation_id = 4_000_000, traceparent = refused.Header }, Test);
        var turn = await socket.TurnAsync(new { message = "[emulator echo=\"once\"]", client_message_id = $"r-{repeated.SpanId}" }, Test);
        await socket.TurnAsync(new { message = "[emulator echo=\"once\"]", client_message_id = $"r-{repeated.SpanId}", traceparent = repeated.Header }, Test);

        var first = await fixture.Collector.TraceAsync(refused.TraceId, spans => spans.Any(span => span.Name == "turn refused"), Test);
        var second = await fixture.Collector.TraceAsync(repeated.TraceId, spans => spans.Any(span => span.Name == "turn repeated"), Test);

        Assert.Equal("not_found", first.First(span => span.Name == "turn refused").Attributes["error.type"]);
        Assert.Equal(turn[0].Number("message_id"), second.First(span => span.Name == "turn repeated").Attributes["tahochat.message.id"]);
        Assert.DoesNotContain(first.Concat(second), span => span.Name == "turn");
    }
}
