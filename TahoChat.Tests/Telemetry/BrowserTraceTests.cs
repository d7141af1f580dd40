using System.Diagnostics;
using System.Net;
using System.Text;
using TahoChat.Api.Telemetry.Browser;

namespace TahoChat.Tests.Telemetry;

/// <summary>An API that has a collector to send to, which is not there.</summary>
public sealed class ApiWithoutCollector : ApiFixture
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["DASHBOARD_URL"] = "http://localhost:15888/",
    };
}

/// <summary>What <c>POST /telemetry/traces</c> takes and what it does not.</summary>
public sealed class BrowserTraceTests(ApiWithoutCollector fixture) : IClassFixture<ApiWithoutCollector>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task The_page_learns_whether_spans_are_wanted_and_where_traces_are_shown()
    {
        var wanted = (await Api.CallAsync("GET", "/telemetry", Token)).Json;
        Assert.Equal("""{"traces":true,"trace_url":"http://localhost:15888/traces/detail/{trace_id}"}""", wanted.ToJsonString());
    }

    [Fact]
    public async Task Where_no_collector_is_configured_nothing_is_taken()
    {
        await using var api = await TestApi.StartAsync(Token);
        Assert.Equal("""{"traces":false,"trace_url":null}""", (await api.CallAsync("GET", "/telemetry", Token)).Json.ToJsonString());
        var answer = await api.CallAsync("POST", "/telemetry/traces", Token, BrowserSpan.Request(new BrowserSpan()));
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task A_collector_that_is_not_there_costs_nobody_anything()
    {
        var clock = Stopwatch.StartNew();
        for (var index = 0; index < 5; index++)
        {
            var answer = await PostAsync(BrowserSpan.Request(new BrowserSpan()));
            Assert.Equal((HttpStatusCode.OK, "{}"), (answer.Status, answer.Text));
        }

        var reply = await Api.CallAsync("POST", "/chat", Token, """{"message":"Hello [emulator echo=\"Hi\"]"}""");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.True(clock.Elapsed < BrowserTraceLimits.Forward, $"It took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_may_be_as_long_as_the_cap(int more, HttpStatusCode expected)
    {
        var body = BrowserSpan.Request(new BrowserSpan());
        var answer = await PostAsync(body.PadRight(BrowserTraceLimits.Body + more));
        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_request_may_have_as_many_spans_as_the_cap(int more, HttpStatusCode expected)
    {
        var answer = await PostAsync(BrowserSpan.Request(Enumerable.Repeat(new BrowserSpan(), BrowserTraceLimits.Spans + more)));
        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-protobuf", null)]
    [InlineData("application/json", "gzip")]
    public async Task Only_plain_JSON_is_read(string type, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/telemetry/traces") { Content = new StringContent(BrowserSpan.Request(), Encoding.UTF8) };
        request.Content.Headers.ContentType = new(type);
        if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
        using var answer = await Api.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("{}", "resourceSpans")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[null]}]}]}""", "resourceSpans[0].scopeSpans[0].spans[0]")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"x"}]}]}]}""", "$.resourceSpans[0].scopeSpans[0].spans[0].startTimeUnixNano")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"x\ud800","traceId":7}]}]}]}""", "$.resourceSpans[0].scopeSpans[0].spans[0].")]
    public async Task What_is_no_OTLP_is_refused_and_told_where(string body, string where)
    {
        var answer = await PostAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains(where, answer.Json.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c80319", "00f067aa0ba902b7", "", "spans[0].traceId")]
    [InlineData("00000000000000000000000000000000", "00f067aa0ba902b7", "", "spans[0].traceId")]
    [InlineData("0af7651916cd43dd8448eb211c80319c", "00f067aa0ba902bg", "", "spans[0].spanId")]
    [InlineData("0af7651916cd43dd8448eb211c80319c", "00f067aa0ba902b7", "xx", "spans[0].parentSpanId")]
    public async Task Ids_are_hex_of_the_right_length(string trace, string span, string parent, string where)
    {
        var answer = await PostAsync(BrowserSpan.Request(new BrowserSpan { TraceId = trace, SpanId = span, ParentSpanId = parent }));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(where, answer.Json.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_of_another_time_are_not_taken_and_that_is_said()
    {
        var now = DateTimeOffset.UtcNow;
        var answer = await PostAsync(BrowserSpan.Request(
            new BrowserSpan(),
            new BrowserSpan { Start = now - BrowserTraceLimits.Oldest - TimeSpan.FromMinutes(5) },
            new BrowserSpan { Start = now + BrowserTraceLimits.Ahead + TimeSpan.FromMinutes(5) },
            new BrowserSpan { Duration = TimeSpan.FromSeconds(-1) }));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(3, (long)answer.Json["partialSuccess"]!["rejectedSpans"]!);
    }

    [Fact]
    public async Task Pages_of_elsewhere_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/telemetry/traces") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await Api.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task One_client_sends_only_so_often()
    {
        await using var api = await TestApi.StartAsync(
            Token, new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });
        for (var index = 0; index < BrowserTraceLimits.RequestsPerMinute; index++)
            Assert.Equal(HttpStatusCode.BadRequest, (await api.CallAsync("POST", "/telemetry/traces", Token, "{}")).Status);
        var refused = await ApiCalls.UntilAsync(
            () => api.CallAsync("POST", "/telemetry/traces", Token, "{}"), answer => answer.Status is not HttpStatusCode.BadRequest, Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private Task<RestAnswer> PostAsync(string body) => Api.CallAsync("POST", "/telemetry/traces", Token, body);
}
