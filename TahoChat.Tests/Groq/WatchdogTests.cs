using System.Text;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>A completion that does not come ends, and one that comes slowly does not.</summary>
public sealed class WatchdogTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData("")]
    [InlineData("head")]
    [InlineData("role")]
    public async Task Without_a_first_text_within_30_seconds_it_times_out_and_is_not_sent_again(string stage)
    {
        await using var server = new ScriptedServer(async exchange =>
        {
            if (stage.Length > 0) await exchange.HeadAsync();
            if (stage == "role") await exchange.WriteAsync(Recording.Event(Recording.Role));
            await exchange.ForeverAsync();
        });
        await using var host = new GroqHost(server.BaseUrl, time: _clock);

        var reading = host.ReadToFailureAsync();
        await Until(() => server.Requests.Count == 1);
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(reading.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("provider_timeout", (await reading).Failure.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_gap_over_20_seconds_times_out_even_while_comments_come()
    {
        GroqHost? host = null;
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            await exchange.WriteAsync(Recording.ContentEvent("Half"));
            while (true)
            {
                await exchange.WriteAsync(": still here\n\n");
                await Task.Delay(1, exchange.Over);
            }
        });
        await using var running = host = new GroqHost(server.BaseUrl, time: _clock);
        await using var deltas = host.Client.StreamAsync(GroqHost.Request(), Test).GetAsyncEnumerator(Test);

        Assert.True(await deltas.MoveNextAsync());
        var next = deltas.MoveNextAsync().AsTask();
        _clock.Advance(TimeSpan.FromSeconds(19.9));
        await host.BytesRead.ReachedAsync(4000).WaitAsync(TimeSpan.FromSeconds(10), Test);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        var failure = await Assert.ThrowsAsync<GroqException>(() => next);
        Assert.Equal(("provider_timeout", true), (failure.Code, failure.Retryable));
    }

    [Fact]
    public async Task A_slow_stream_and_a_slow_consumer_are_no_gap_but_ten_minutes_are_the_end()
    {
        var more = new SemaphoreSlim(0);
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            while (true)
            {
                await exchange.WriteAsync(Recording.ContentEvent("x"));
                await more.WaitAsync(exchange.Over);
            }
        });
        await using var host = new GroqHost(server.BaseUrl, time: _clock);
        await using var deltas = host.Client.StreamAsync(GroqHost.Request(), Test).GetAsyncEnumerator(Test);

        Assert.True(await deltas.MoveNextAsync());
        for (var round = 0; round < 15; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(21));
            var next = deltas.MoveNextAsync().AsTask();
            _clock.Advance(TimeSpan.FromSeconds(18));
            more.Release();
            Assert.True(await next);
        }

        _clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("provider_timeout", (await Assert.ThrowsAsync<GroqException>(() => deltas.MoveNextAsync().AsTask())).Code);
    }

    [Fact]
    public async Task A_finished_reply_waits_two_seconds_for_its_usage()
    {
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            await exchange.WriteAsync(Recording.ContentEvent("all") + "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n");
            await exchange.ForeverAsync();
        });
        await using var host = new GroqHost(server.BaseUrl, time: _clock);

        await using var deltas = host.Client.StreamAsync(GroqHost.Request(), Test).GetAsyncEnumerator(Test);

        Assert.True(await deltas.MoveNextAsync());
        var end = deltas.MoveNextAsync().AsTask();
        while (!end.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.WhenAny(end, Task.Delay(1, Test));
        }

        Assert.True(await end);
        Assert.Equal("stop", deltas.Current.Completion?.FinishReason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_callers_cancel_is_no_error_and_reaches_the_provider(bool afterText)
    {
        var gone = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            if (afterText) await exchange.WriteAsync(Recording.ContentEvent("Half"));
            await exchange.ClientGoneAsync();
            gone.SetResult();
        });
        await using var host = new GroqHost(server.BaseUrl);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Test);
        await using var deltas = host.Client.StreamAsync(GroqHost.Request(), stop.Token).GetAsyncEnumerator(stop.Token);

        if (afterText) Assert.True(await deltas.MoveNextAsync());
        var next = deltas.MoveNextAsync().AsTask();
        await Until(() => server.Requests.Count == 1);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(10), Test);
        Assert.DoesNotContain(host.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_consumer_that_stops_reading_ends_the_request()
    {
        var gone = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            await exchange.WriteAsync(Recording.ContentEvent("one") + Recording.ContentEvent("two"));
            await exchange.ClientGoneAsync();
            gone.SetResult();
        });
        await using var host = new GroqHost(server.BaseUrl);
        var text = new StringBuilder();

        await foreach (var delta in host.Client.StreamAsync(GroqHost.Request(), Test))
        {
            text.Append(delta.Text);
            break;
        }

        Assert.Equal("one", text.ToString());
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(10), Test);
    }

    private static async Task Until(Func<bool> reached)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (!reached())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen within 10 s.");
            await Task.Delay(1, Test);
        }
    }
}
