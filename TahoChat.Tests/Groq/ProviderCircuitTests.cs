using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>A provider that fails again and again is left alone for a while, and one request finds out whether it is back.</summary>
public sealed class ProviderCircuitTests
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(15);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData("503")]
    [InlineData("502")]
    [InlineData("reset")]
    public async Task After_five_failures_it_is_not_asked_and_says_until_when(string trouble)
    {
        await using var server = Failing(() => trouble);
        await using var host = Host(server);

        for (var turn = 0; turn < 5; turn++) Assert.Null((await host.ReadToFailureAsync()).Failure.RetryAfter);
        var (_, resting) = await host.ReadToFailureAsync();

        Assert.Equal(("provider_unreachable", true, _pause), (resting.Code, resting.Retryable, resting.RetryAfter));
        Assert.Contains("15 s", resting.Message, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal("provider_unreachable", (await Assert.ThrowsAsync<GroqException>(() => host.Client.CompleteAsync(GroqHost.Request(), Test))).Code);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("400")]
    [InlineData("401")]
    [InlineData("498")]
    [InlineData("cut")]
    public async Task Limits_refusals_and_broken_streams_are_no_failures_of_the_connection(string trouble)
    {
        await using var server = Failing(() => trouble);
        await using var host = Host(server);

        for (var turn = 0; turn < 12; turn++) await host.ReadToFailureAsync();

        Assert.Equal(12, server.Requests.Count);
    }

    [Fact]
    public async Task A_time_out_counts()
    {
        await using var server = new ScriptedServer(exchange => exchange.ForeverAsync());
        await using var host = Host(server);
        for (var turn = 1; turn <= 5; turn++)
        {
            var reading = host.ReadToFailureAsync();
            await ApiCalls.UntilAsync(() => Task.FromResult(server.Requests.Count), count => count == turn, Test);
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("provider_timeout", (await reading).Failure.Code);
        }

        Assert.Equal("provider_unreachable", (await host.ReadToFailureAsync()).Failure.Code);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task One_request_at_a_time_tries_whether_it_is_back_and_its_success_lets_all_through()
    {
        var back = false;
        var answer = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            if (!back)
            {
                await exchange.AnswerAsync(503, "");
                return;
            }

            await answer.Task.WaitAsync(exchange.Over);
            await exchange.AnswerAsync(200, Recording.Everything, "text/event-stream");
        });
        await using var host = Host(server);
        for (var turn = 0; turn < 5; turn++) await host.ReadToFailureAsync();
        back = true;
        _clock.Advance(_pause);

        var trial = host.ReadAllAsync();
        await ApiCalls.UntilAsync(() => Task.FromResult(server.Requests.Count), count => count == 6, Test);
        Assert.Equal("provider_unreachable", (await host.ReadToFailureAsync()).Failure.Code);
        await Assert.ThrowsAsync<GroqException>(() => host.Client.CompleteAsync(GroqHost.Request(), Test));
        Assert.Equal(6, server.Requests.Count);
        answer.SetResult();

        Recording.AssertEverything(await trial);
        Recording.AssertEverything(await host.ReadAllAsync());
    }

    [Fact]
    public async Task A_trial_that_fails_or_is_stopped_leaves_it_alone_again()
    {
        var trouble = "503";
        await using var server = Failing(() => trouble);
        await using var host = Host(server);
        for (var turn = 0; turn < 5; turn++) await host.ReadToFailureAsync();

        _clock.Advance(_pause);
        Assert.Equal("provider_overloaded", (await host.ReadToFailureAsync()).Failure.Code);
        Assert.Equal("provider_unreachable", (await host.ReadToFailureAsync()).Failure.Code);
        trouble = "silence";
        _clock.Advance(_pause);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Test);
        var stopped = host.Client.StreamAsync(GroqHost.Request(), stop.Token).ToListAsync(stop.Token).AsTask();
        await ApiCalls.UntilAsync(() => Task.FromResult(server.Requests.Count), count => count == 7, Test);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        Assert.Equal("provider_unreachable", (await host.ReadToFailureAsync()).Failure.Code);
        Assert.Equal(7, server.Requests.Count);
    }

    [Fact]
    public async Task Titles_that_fail_leave_replies_alone()
    {
        await using var server = new ScriptedServer(exchange => exchange.Request.Body.Contains("\"stream\":false", StringComparison.Ordinal)
            ? exchange.AnswerAsync(503, "")
            : exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = Host(server);

        for (var title = 0; title < 10; title++) await Assert.ThrowsAsync<GroqException>(() => host.Client.CompleteAsync(GroqHost.Request(), Test));

        Recording.AssertEverything(await host.ReadAllAsync());
    }

    private GroqHost Host(ScriptedServer server) =>
        new(server.BaseUrl, settings => settings with { MaxRetries = 0, Timeout = TimeSpan.FromSeconds(5), BreakerPause = _pause }, _clock);

    private static ScriptedServer Failing(Func<string> trouble) => new(async exchange =>
    {
        switch (trouble())
        {
            case "reset":
                exchange.Reset();
                break;
            case "silence":
                await exchange.ForeverAsync();
                break;
            case "cut":
                await exchange.AnswerAsync(200, Recording.ContentEvent("Half"), "text/event-stream");
                break;
            case var status:
                await exchange.AnswerAsync(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), "");
                break;
        }
    });
}
