using System.Globalization;
using System.Net;
using TahoChat.Api.Telemetry.Browser;
using TahoChat.Api.Telemetry.Otlp;

namespace TahoChat.Tests.Telemetry;

/// <summary>What becomes of a page's spans: reduced, and sent where the API's own go.</summary>
public sealed class BrowserTraceForwardTests
{
    private const string Key = "collector-key-of-nobody";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spans_of_a_page_go_where_the_APIs_own_go_with_the_same_key(bool grpc)
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        var settings = collector.Settings(grpc);
        settings["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={Key}";
        await using var api = await TestApi.StartAsync(Token, settings);

        var sent = new BrowserSpan { ParentSpanId = "00f067aa0ba902b8" };
        var answers = new[]
        {
            await api.CallAsync("POST", "/telemetry/traces", Token, BrowserSpan.Request(sent)),
            await api.CallAsync("GET", "/telemetry", Token),
            await api.CallAsync("POST", "/telemetry/traces", Token, "{}"),
        };
        var span = Assert.Single(await collector.TraceAsync(sent.TraceId, spans => spans.Count > 0, Token));

        Assert.Equal(("tahochat-browser", "send", sent.SpanId, sent.ParentSpanId), (span.Service, span.Name, span.SpanId, span.ParentId));
        Assert.Equal(Status.Types.StatusCode.Error, span.Span.Status.Code);
        Assert.Equal(sent.Duration, span.Duration);
        var call = collector.Calls.First(call => call.Path.Contains("race", StringComparison.Ordinal));
        Assert.Equal((grpc, Key), (call.IsGrpc, call.Headers["x-otlp-api-key"]));
        Assert.All(answers, answer => Assert.DoesNotContain(Key, answer.Text + answer.Response.Headers, StringComparison.Ordinal));
        var port = new Uri(grpc ? collector.GrpcEndpoint : collector.HttpEndpoint).Port;
        Assert.DoesNotContain(collector.Spans, other => other.Attributes.GetValueOrDefault("server.port") is long to && to == port);
    }

    [Fact]
    public async Task Of_a_span_only_what_is_known_is_sent_on()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var api = await TestApi.StartAsync(Token, collector.Settings());
        var many = Enumerable.Range(0, BrowserTraceLimits.Attributes + 1)
            .Select(index => BrowserSpan.Attribute($"tahochat.{index}", "x")).ToArray();
        var spans = new[]
        {
            new BrowserSpan
            {
                Name = new string('n', BrowserTraceLimits.Text + 1),
                Kind = 2,
                Attributes =
                [
                    BrowserSpan.Attribute("service.name", "tahochat-api"), BrowserSpan.Attribute("gen_ai.input.messages", "A text"),
                    BrowserSpan.Attribute("tahochat.long", new string('l', BrowserTraceLimits.Text + 1)),
                    BrowserSpan.Attribute("gen_ai.conversation.id", "12"), BrowserSpan.Attribute("gen_ai.conversation.id", "13"),
                    new { key = "tahochat.number", value = new { intValue = "42" } }, new { key = "tahochat.list", value = new { arrayValue = new { } } },
                ],
            },
            new BrowserSpan
            {
                Attributes = many,
                Events = [.. Enumerable.Range(0, BrowserTraceLimits.Events + 1).Select(index => (object)new { name = $"event {index}", timeUnixNano = 1, attributes = many })],
                Links = [.. Enumerable.Repeat((object)new { traceId = "0af7651916cd43dd8448eb211c80319c", spanId = "00f067aa0ba902b7", attributes = many }, BrowserTraceLimits.Links + 1)],
            },
        };
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("POST", "/telemetry/traces", Token, BrowserSpan.Request(spans))).Status);

        var (odd, full) = (await OneAsync(collector, spans[0]), await OneAsync(collector, spans[1]));
        Assert.Equal((Span.Types.SpanKind.Internal, BrowserTraceLimits.Text, ""), (odd.Kind, odd.Name.Length, odd.Span.Status.Message));
        Assert.Equal(
            [("gen_ai.conversation.id", "12"), ("tahochat.long", new string('l', BrowserTraceLimits.Text)), ("tahochat.number", "42")],
            odd.Attributes.Select(pair => (pair.Key, Convert.ToString(pair.Value, CultureInfo.InvariantCulture)!)).Order());
        Assert.Equal(4u, odd.Span.DroppedAttributesCount);
        Assert.Equal(BrowserTraceLimits.Attributes, full.Attributes.Count);
        Assert.Equal((BrowserTraceLimits.Events, 1u), (full.Events.Count, full.Span.DroppedEventsCount));
        Assert.Equal((BrowserTraceLimits.Links, 1u), (full.Span.Links.Count, full.Span.DroppedLinksCount));
        Assert.All(full.Events, item => Assert.Equal(BrowserTraceLimits.Attributes, item.Attributes.Count));
        Assert.All(full.Span.Links, link => Assert.Equal((BrowserTraceLimits.Attributes, 1u), (link.Attributes.Count, link.DroppedAttributesCount)));
        Assert.Equal(["service.name", "service.version", "telemetry.sdk.language"], full.Resource.Keys.Order());
        Assert.False(collector.Holds("A text"));
    }

    private static async Task<CollectedSpan> OneAsync(OtlpCollector collector, BrowserSpan span) =>
        Assert.Single(await collector.TraceAsync(span.TraceId, spans => spans.Count > 0, Token));
}
