using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using TahoChat.Api.Telemetry.Otlp;
using TahoChat.Tests.Browser;

namespace TahoChat.Tests.Telemetry;

/// <summary>A turn is one trace, from the click in the browser to the last byte in the database.</summary>
public sealed class OneTraceTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string Browser = "tahochat-browser";
    private const string Api = "tahochat-api";
    private const string Model = "openai/gpt-oss-120b";
    private const string Word = "Quillfeather";

    private static readonly string[] _whole =
    [
        "send", "first paint", "stream", "render", "turn", "receive", "INSERT messages", "SELECT messages", $"chat {Model}", "POST", "UPDATE messages",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_chat_in_a_browser_is_one_trace_of_browser_API_provider_and_database()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var api = await TestApi.StartAsync(Token, collector.Settings());
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Token);
        // The first turn of a conversation has no history to read.
        await chat.SendAsync("[emulator echo=\"First\" first=0]");
        await chat.ReplyIsAsync("complete");
        await chat.SendAsync($"A trace, {Word} [emulator reply=count:60 speed=60 first=100]");
        await chat.ReplyIsAsync("complete", 2);
        var kept = await chat.KeptAsync(api.Http, Token);
        var trace = await collector.TraceAsync(kept.Text("trace_id")!, spans => _whole.All(name => spans.Any(span => span.Name == name)), Token);

        AssertTree(trace);
        AssertBrowser(trace, kept);
        AssertTurn(trace, kept);
        AssertCompletion(trace, kept);
        AssertDatabase(trace);
        Assert.Equal("", collector.Around(Word));
        chat.AssertClean();
    }

    [Fact]
    public async Task A_reload_in_the_middle_of_a_reply_stays_in_its_trace()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var api = await TestApi.StartAsync(Token, collector.Settings());
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Token);
        await chat.SendAsync("[emulator reply=count:600 speed=100 first=0]");
        await chat.LongerThanAsync(100);
        await chat.Page.ReloadAsync();
        await chat.ReplyIsAsync("complete");
        var id = (await chat.KeptAsync(api.Http, Token)).Text("trace_id")!;
        var trace = await collector.TraceAsync(
            id, spans => spans.Count(span => span.Name == "stream") == 2 && spans.Any(span => span.Name == "turn"), Token);

        var send = Assert.Single(trace, span => span.Name == "send");
        var streams = trace.Where(span => span.Name == "stream").OrderBy(span => span.Span.StartTimeUnixNano).ToArray();
        Assert.Equal(["left", "complete"], streams.Select(span => span.Attributes["tahochat.stream.end"]));
        Assert.All(streams, span => Assert.Equal(send.SpanId, span.ParentId));
        Assert.True(streams[1].Attributes["tahochat.stream.resumed"] is true);
        Assert.True(streams[0].Span.EndTimeUnixNano <= streams[1].Span.StartTimeUnixNano);
        Assert.Equal(send.SpanId, Assert.Single(trace, span => span.Name == "turn").ParentId);
        Assert.Single(trace, span => span.Name == "first paint");
        chat.AssertClean();
    }

    [Fact]
    public async Task Where_nobody_wants_spans_the_page_sends_none_and_its_turns_still_have_its_trace_id()
    {
        await using var api = await TestApi.StartAsync(Token);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Token);
        var (requests, frames) = (new ConcurrentQueue<IRequest>(), new ConcurrentQueue<string>());
        chat.Page.Request += (_, request) => requests.Enqueue(request);
        chat.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => frames.Enqueue(frame.Text ?? "");
        await chat.Page.ReloadAsync();
        await chat.ConnectedAsync();
        foreach (var count in new[] { 1, 2 })
        {
            await chat.SendAsync($"Number {count} [emulator echo=\"Hi\" first=0]");
            await chat.ReplyIsAsync("complete", count);
        }

        var asked = requests.Where(request => new Uri(request.Url).AbsolutePath.StartsWith("/telemetry", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(asked);
        Assert.All(asked, request => Assert.Equal("GET", request.Method));
        var sent = frames.Select(frame => JsonNode.Parse(frame)!.AsObject()).Last(frame => frame["message"] is not null).Text("traceparent");
        Assert.Equal((await chat.KeptAsync(api.Http, Token)).Text("trace_id"), sent!.Split('-')[1]);
        chat.AssertClean();
    }

    private static void AssertTree(IReadOnlyList<CollectedSpan> trace)
    {
        var (send, turn, completion) = (One(trace, "send"), One(trace, "turn"), One(trace, $"chat {Model}"));
        Assert.Equal("", send.ParentId);
        Assert.All(
            [("first paint", send), ("stream", send), ("render", One(trace, "stream")), ("turn", send), ("receive", turn), ("INSERT messages", One(trace, "receive")),
                ("SELECT messages", turn), ($"chat {Model}", turn), ("POST", completion), ("UPDATE messages", turn)],
            ((string Child, CollectedSpan Parent) pair) => Assert.Equal(pair.Parent.SpanId, One(trace, pair.Child).ParentId));
        Assert.All(trace, span => Assert.True(span == send || trace.Any(other => other.SpanId == span.ParentId), $"{span.Name} has no parent here."));
        Assert.Equal(["first paint", "render", "send", "stream"], trace.Where(span => span.Service == Browser).Select(span => span.Name).Order());
        Assert.All(trace, span => Assert.True(span.Service is Browser or Api, span.Service));

        // Two clocks of one machine, of which the browser's is good to a millisecond.
        Assert.InRange(send.Span.StartTimeUnixNano, 1ul, turn.Span.StartTimeUnixNano + 5_000_000);
        var connection = Assert.Single(turn.Span.Links);
        Assert.NotEqual(turn.TraceId, Convert.ToHexStringLower(connection.TraceId.Span));
    }

    private static void AssertBrowser(IReadOnlyList<CollectedSpan> trace, JsonObject kept)
    {
        var (send, paint, stream, render) = (One(trace, "send"), One(trace, "first paint"), One(trace, "stream"), One(trace, "render"));
        Assert.Equal(Span.Types.SpanKind.Client, send.Kind);
        Assert.Equal("sent", Assert.Single(send.Events).Name);
        Has(send, ("tahochat.turn.kind", "send"), ("tahochat.send.attempts", 1L));
        Assert.All([send, paint, stream], span => Has(span, ("gen_ai.conversation.id", $"{kept.Number("conversation_id")}"), ("tahochat.message.id", kept.Number("id"))));
        Has(stream, ("tahochat.stream.end", "complete"), ("tahochat.stream.characters", (long)(kept.Text("content")!.Length + (kept.Text("reasoning")?.Length ?? 0))));
        Assert.InRange((long)stream.Attributes["tahochat.stream.slices"]!, 2, 1000);
        Assert.InRange((long)render.Attributes["tahochat.render.commits"]!, 2, 1000);
        Assert.True(Convert.ToDouble(render.Attributes["tahochat.render.longest_ms"], null) <= Convert.ToDouble(render.Attributes["tahochat.render.total_ms"], null));
        Assert.Equal(send.Span.StartTimeUnixNano, paint.Span.StartTimeUnixNano);
        Assert.True(paint.Span.EndTimeUnixNano > stream.Span.StartTimeUnixNano, "The first paint is after the arrival of what it paints.");
        Assert.True(stream.Duration > TimeSpan.FromMilliseconds(300), $"It streamed for {stream.Duration}.");
    }

    private static void AssertTurn(IReadOnlyList<CollectedSpan> trace, JsonObject kept)
    {
        var turn = One(trace, "turn");
        Assert.Equal((Api, Span.Types.SpanKind.Server), (turn.Service, turn.Kind));
        Has(
            turn,
            ("tahochat.turn.kind", "send"),
            ("tahochat.message.status", "complete"),
            ("tahochat.message.id", kept.Number("id")),
            ("tahochat.conversation.id", kept.Number("conversation_id")),
            ("gen_ai.conversation.id", $"{kept.Number("conversation_id")}"));
        Assert.Single(turn.Events, item => item.Name == "first slice");
    }

    private static void AssertCompletion(IReadOnlyList<CollectedSpan> trace, JsonObject kept)
    {
        var completion = One(trace, $"chat {Model}");
        var usage = kept["usage"]!.AsObject();
        Assert.Equal(Span.Types.SpanKind.Client, completion.Kind);
        Has(
            completion,
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.provider.name", "groq"),
            ("gen_ai.request.model", Model),
            ("gen_ai.response.model", Model),
            ("gen_ai.conversation.id", $"{kept.Number("conversation_id")}"),
            ("gen_ai.request.max_tokens", 4096L),
            ("gen_ai.request.stream", true),
            ("gen_ai.usage.input_tokens", usage.Number("prompt_tokens")),
            ("gen_ai.usage.output_tokens", usage.Number("completion_tokens")),
            ("gen_ai.usage.reasoning.output_tokens", usage.Number("reasoning_tokens")),
            ("server.address", "127.0.0.1"));
        Assert.Equal(["stop"], (object?[])completion.Attributes["gen_ai.response.finish_reasons"]!);
        Assert.NotEmpty((string)completion.Attributes["gen_ai.response.id"]!);
        Assert.InRange((double)completion.Attributes["gen_ai.response.time_to_first_chunk"]!, 0.05, 60);
        Assert.IsType<long>(completion.Attributes["server.port"]);
        Assert.DoesNotContain("gen_ai.input.messages", completion.Attributes.Keys);
        Assert.DoesNotContain("gen_ai.output.messages", completion.Attributes.Keys);
        Has(One(trace, "POST"), ("http.request.method", "POST"), ("http.response.status_code", 200L));
    }

    private static void AssertDatabase(IReadOnlyList<CollectedSpan> trace)
    {
        foreach (var operation in new[] { "INSERT", "SELECT", "UPDATE" })
        {
            var span = One(trace, $"{operation} messages");
            Assert.Equal(Span.Types.SpanKind.Client, span.Kind);
            Has(span, ("db.system.name", "sqlite"), ("db.operation.name", operation), ("db.collection.name", "messages"));
        }
    }

    private static CollectedSpan One(IReadOnlyList<CollectedSpan> trace, string name) => Assert.Single(trace, span => span.Name == name);

    private static void Has(CollectedSpan span, params (string Name, object Value)[] expected)
    {
        foreach (var (name, value) in expected)
        {
            Assert.True(span.Attributes.TryGetValue(name, out var actual), $"{span.Name} has no {name}.");
            Assert.Equal(value, actual);
        }
    }
}
