using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>Waits are told, short ones before they are waited, long ones in place of it.</summary>
public sealed class WaitingTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_short_rate_limit_is_waited_out_while_the_person_sees_for_how_long()
    {
        await using var socket = await fixture.Api.ConnectAsync(Test);

        var turn = await socket.TurnAsync(
            new { message = "Wait for it [emulator fault=429 fails=1 retry_after=1 echo=\"there\" reasoning=0]", client_message_id = "wait-1" }, Test);

        var waiting = Assert.Single(turn, frame => frame["waiting"] is not null);
        Assert.Equal(("", "provider_rate_limited"), (waiting.Text("text"), (string?)waiting["waiting"]!["code"]));
        Assert.InRange((int)waiting["waiting"]!["retry_after_ms"]!, 1, 1500);
        Assert.Equal(("complete", "there"), (turn[^1].Text("message_status"), turn.Content()));
        Assert.Equal(2, fixture.Api.Replies("Wait for it").Count);
    }

    [Fact]
    public async Task A_model_that_turns_out_to_be_gone_is_replaced_before_the_eyes()
    {
        await using var api = await TestApi.StartAsync(Test);
        await using var socket = await api.ConnectAsync(Test);
        // The list has it; the first request finds it decommissioned.
        var turn = await socket.TurnAsync(new
        {
            message = "Gone [emulator echo=\"another\" reasoning=0 fault=decommissioned fails=1]",
            model = "openai/gpt-oss-20b",
            client_message_id = "gone-1",
        }, Test);

        // The body of the second request has another model, so the fault strikes it too, and there is no third.
        var notice = Assert.Single(turn, frame => frame.Text("notice") is not null);
        Assert.Equal("openai/gpt-oss-120b", notice.Text("model"));
        Assert.Equal("openai/gpt-oss-20b is no longer offered; openai/gpt-oss-120b answers instead.", notice.Text("notice"));
        Assert.Equal(["openai/gpt-oss-120b", "openai/gpt-oss-20b"], api.Replies("Gone").Select(request => request.Model));
    }

    [Fact]
    public async Task A_provider_that_fails_again_and_again_is_left_alone_and_people_are_told_until_when()
    {
        await using var api = await TestApi.StartAsync(Test, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        await using var socket = await api.ConnectAsync(Test);
        for (var turn = 1; turn <= 5; turn++)
        {
            var failed = await socket.TurnAsync(new { message = $"Broken {turn} [emulator fault=500]", client_message_id = $"broken-{turn}" }, Test);
            Assert.Equal("provider_error", failed[^1].Text("code"));
        }

        var resting = (await socket.TurnAsync(new { message = "Left alone [emulator reply=count:3]", client_message_id = "resting-1" }, Test))[^1];

        Assert.Equal(("provider_unreachable", "failed", true), (resting.Text("code"), resting.Text("message_status"), (bool)resting["retryable"]!));
        Assert.InRange((int)resting["retry_after_ms"]!, 1, 15_000);
        Assert.Empty(api.Replies("Left alone"));
        Assert.Equal(5, api.Replies("Broken").Count);
        Assert.Equal("degraded", (await api.CallAsync("GET", "/health", Test)).Json.Text("provider"));
    }

    [Theory]
    [InlineData("requests per day (RPD): Limit 1000, Used 1000, Requested 1. Please try again in 3h10m12s.", "about 3 hours (Tuesday, 2 March, 12:10 UTC)", 11412d)]
    [InlineData("tokens per day (TPD): Limit 200000. Please try again in 16h0m0s.", "about 16 hours (Wednesday, 3 March, 01:00 UTC)", 57600d)]
    [InlineData("tokens per day (TPD): Limit 200000.", "tomorrow", null)]
    public void A_daily_limit_names_the_day(string text, string words, double? seconds)
    {
        var error = new GroqError($"Rate limit reached in organization `org_01secret` on {text}", "requests", "rate_limit_exceeded");

        var failure = GroqErrors.From(429, error, GroqWait.InMessage(text), new DateTimeOffset(2027, 3, 2, 9, 0, 0, TimeSpan.Zero));

        Assert.Equal(("provider_daily_limit", true, seconds), (failure.Code, failure.Retryable, failure.RetryAfter?.TotalSeconds));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("org_", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_is_told_before_each_attempt()
    {
        await using var server = new ScriptedServer(exchange =>
            exchange.Number < 3 ? exchange.AnswerAsync(429, "{}", more: "retry-after: 2\r\n") : exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = new GroqHost(server.BaseUrl, time: new RetryClock());
        var told = new List<(string Code, TimeSpan Wait)>();

        await host.Client.StreamAsync(GroqHost.Request() with { OnWaiting = (code, wait) => told.Add((code, wait)) }, Test).LastAsync(Test);

        Assert.Equal(["provider_rate_limited", "provider_rate_limited"], told.Select(wait => wait.Code));
        Assert.All(told, wait => Assert.InRange(wait.Wait.TotalSeconds, 2, 3));
    }
}
