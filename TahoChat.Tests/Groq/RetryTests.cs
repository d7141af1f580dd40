using System.Net;
using System.Net.Sockets;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Groq;

/// <summary>What is sent again, and what comes of what is not.</summary>
public sealed class RetryTests
{
    private readonly RetryClock _clock = new();

    [Theory]
    [InlineData(301, "", "provider_protocol", false, 1)]
    [InlineData(400, """{"error":{"message":"unsupported"}}""", "provider_rejected", false, 1)]
    [InlineData(400, """{"error":{"message":"Please reduce the length of the messages or completion."}}""", "context_too_long", false, 1)]
    [InlineData(400, """{"error":{"code":"model_decommissioned"}}""", "model_not_found", false, 1)]
    [InlineData(401, """{"error":{"code":"invalid_api_key","message":"Invalid API Key"}}""", "provider_unauthorized", false, 1)]
    [InlineData(403, "", "provider_forbidden", false, 1)]
    [InlineData(404, """{"error":{"code":"model_not_found"}}""", "model_not_found", false, 1)]
    [InlineData(404, "<html>", "provider_rejected", false, 1)]
    [InlineData(408, "", "provider_timeout", true, 3)]
    [InlineData(413, """{"error":{"code":"rate_limit_exceeded","type":"tokens"}}""", "context_too_long", false, 1)]
    [InlineData(422, "{}", "provider_rejected", false, 1)]
    [InlineData(424, "null", "provider_rejected", false, 1)]
    [InlineData(429, """{"error":{"code":"rate_limit_exceeded"}}""", "provider_rate_limited", true, 3)]
    [InlineData(498, "", "provider_overloaded", true, 3)]
    [InlineData(499, "", "provider_rejected", false, 1)]
    [InlineData(500, "[[[", "provider_error", true, 3)]
    [InlineData(502, "<html><body>Bad gateway</body></html>", "provider_error", true, 3)]
    [InlineData(503, """{"error":{"message":"over capacity"}}""", "provider_overloaded", true, 3)]
    [InlineData(504, "", "provider_error", true, 3)]
    [InlineData(501, "", "provider_error", true, 1)]
    public async Task An_error_status_has_its_code_and_is_sent_three_times_at_most(int status, string body, string code, bool retryable, int posts)
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(status, body, "text/plain", "Location: http://203.0.113.1/\r\n"));
        await using var host = new GroqHost(server.BaseUrl, time: _clock);

        var (deltas, failure) = await host.ReadToFailureAsync();

        Assert.Empty(deltas);
        Assert.Equal((code, retryable, status), (failure.Code, failure.Retryable, failure.Status));
        Assert.Equal(posts, server.Requests.Count);
    }

    [Theory]
    [InlineData("text/html", "<html>a page</html>", "provider_protocol", 1)]
    [InlineData("application/json", "", "provider_protocol", 1)]
    [InlineData("application/json", "{}", "provider_protocol", 1)]
    [InlineData("application/json", """{"error":{"message":"x","status_code":401}}""", "provider_unauthorized", 1)]
    [InlineData("application/json", """{"error":"x"}""", "provider_error", 3)]
    [InlineData("text/event-stream", "", "provider_disconnected", 3)]
    [InlineData("text/event-stream", "event: error\ndata: {\"error\":{\"status_code\":503}}\n\n", "provider_overloaded", 3)]
    [InlineData("text/event-stream", "event: error\ndata: {\"error\":{\"status_code\":400}}\n\n", "provider_rejected", 1)]
    public async Task A_200_that_is_no_stream_has_its_code_too(string contentType, string body, string code, int posts)
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, body, contentType));
        await using var host = new GroqHost(server.BaseUrl, time: _clock);

        var (_, failure) = await host.ReadToFailureAsync();

        Assert.Equal(code, failure.Code);
        Assert.Equal(posts, server.Requests.Count);
    }

    [Fact]
    public async Task A_whole_completion_in_place_of_a_stream_is_a_reply()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, Whole));
        await using var host = new GroqHost(server.BaseUrl);

        var deltas = await host.ReadAllAsync();

        Assert.Equal("hm", Recording.Text(deltas, GroqDeltaKind.Reasoning));
        Assert.Equal("Hi", Recording.Text(deltas));
        Assert.Equal(new GroqCompletion("stop", "m", "req_header", null), deltas[^1].Completion);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("reset")]
    [InlineData("silent end")]
    public async Task What_passes_is_not_seen_by_the_caller(string trouble)
    {
        await using var server = new ScriptedServer(async exchange =>
        {
            if (exchange.Number == 3) await exchange.AnswerAsync(200, Recording.Everything, "text/event-stream");
            else if (trouble == "status") await exchange.AnswerAsync(503, "");
            else if (trouble == "reset") exchange.Reset();
        });
        await using var host = new GroqHost(server.BaseUrl, time: _clock);

        Recording.AssertEverything(await host.ReadAllAsync());
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
    }

    [Theory]
    [InlineData("retry-after: 2\r\n", "", 2d, 3)]
    [InlineData("retry-after: 0\r\n", "", 0d, 3)]
    [InlineData("retry-after: 3600\r\n", "", 3600d, 1)]
    [InlineData("retry-after: soon\r\n", "", null, 3)]
    [InlineData("retry-after: -5\r\n", "", null, 3)]
    [InlineData("retry-after: NaN\r\n", "", null, 3)]
    [InlineData("retry-after: 99999999999999999999\r\n", "", 86400d, 1)]
    [InlineData("", "Limit 8000, Used 7311, Requested 4824. Please try again in 31.0125s. Need more?", 31.0125, 1)]
    [InlineData("", "Please try again in 2m52.8s.", 172.8, 1)]
    [InlineData("", "Please try again in 547ms.", 0.547, 3)]
    [InlineData("", "Please try again in 1h2m3s.", 3723d, 1)]
    [InlineData("", "Please try again in a while.", null, 3)]
    public async Task A_rate_limit_is_waited_for_where_that_fits_and_told_where_it_does_not(string header, string message, double? seconds, int posts)
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(429, $$$"""{"error":{"message":"{{{message}}}"}}""", more: header));
        await using var host = new GroqHost(server.BaseUrl, time: _clock);

        var (_, failure) = await host.ReadToFailureAsync();

        Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
        Assert.Equal(posts, server.Requests.Count);
        Assert.Equal(header == "retry-after: 3600\r\n", failure.Message.Contains("60 min", StringComparison.Ordinal));
    }

    [Fact]
    public void No_retry_starts_later_than_15_seconds_or_than_the_time_limit_of_the_first_text()
    {
        var busy = GroqErrors.From(503, new GroqError());

        Assert.InRange(GroqWait.BeforeRetry(busy, 0, TimeSpan.Zero, new GroqSettings(), 0)!.Value.TotalSeconds, 0.2, 0.3);
        Assert.InRange(GroqWait.BeforeRetry(busy, 1, TimeSpan.Zero, new GroqSettings(), 1)!.Value.TotalSeconds, 1.4, 1.6);
        Assert.Null(GroqWait.BeforeRetry(busy, 1, TimeSpan.FromSeconds(14.9), new GroqSettings(), 0));
        Assert.Null(GroqWait.BeforeRetry(busy, 0, TimeSpan.FromSeconds(4.9), new GroqSettings { Timeout = TimeSpan.FromSeconds(5) }, 0));
    }

    [Fact]
    public async Task A_refused_connection_is_unreachable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/openai/v1/");
        listener.Stop();
        await using var host = new GroqHost(address, settings => settings with { MaxRetries = 0 });

        Assert.Equal("provider_unreachable", (await host.ReadToFailureAsync()).Failure.Code);
    }

    [Fact]
    public async Task An_emulator_that_has_not_started_is_unreachable()
    {
        await using var host = new GroqHost(null, settings => settings with { MaxRetries = 0 });

        Assert.Equal("provider_unreachable", (await host.ReadToFailureAsync()).Failure.Code);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = new ScriptedServer(exchange => exchange.AnswerAsync(200, Whole));
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(307, "", more: $"Location: {other.BaseUrl}chat/completions\r\n"));
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal("provider_protocol", (await host.ReadToFailureAsync()).Failure.Code);
        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task A_huge_or_endless_error_body_does_not_hold_the_error_up()
    {
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync(400, "application/json");
            await exchange.WriteAsync(new string('x', 1024 * 1024));
            await exchange.ForeverAsync();
        });
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal("provider_rejected", (await host.ReadToFailureAsync()).Failure.Code);
        Assert.All(host.Logs.Lines, line => Assert.InRange(line.Length, 0, 4000));
    }

    private const string Whole = """{"id":"x","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","reasoning":"hm"},"finish_reason":"stop"}]}""";
}
