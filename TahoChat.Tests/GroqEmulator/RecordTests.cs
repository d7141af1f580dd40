using System.Net.Http.Json;
using System.Text.Json;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Record;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class RecordTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_remembered_and_forgotten_over_HTTP()
    {
        await using var emulator = await StartAsync(Cancellation);
        await emulator.StreamAsync(Body("[emulator reply=count:5 reasoning=2]"), Cancellation);
        await emulator.WaitForAsync(request => request.Outcome == RequestOutcome.Answered, Cancellation);
        var record = await emulator.Client.GetFromJsonAsync<JsonElement>("/emulator/requests", Cancellation);
        Assert.Equal(1, record.GetProperty("posts").GetInt32());
        var request = record.GetProperty("requests")[0];
        Assert.Equal("/openai/v1/chat/completions", request.GetProperty("path").GetString());
        Assert.Equal("openai/gpt-oss-20b", request.GetProperty("model").GetString());
        Assert.Equal(200, request.GetProperty("status").GetInt32());
        Assert.True(request.GetProperty("stream").GetBoolean());
        Assert.Equal(7, request.GetProperty("tokens_sent").GetInt32());
        Assert.Equal("answered", request.GetProperty("outcome").GetString());
        Assert.False(request.GetProperty("cancel_seen").GetBoolean());
        Assert.Contains("reply=count:5", request.GetProperty("body").GetString(), StringComparison.Ordinal);

        using var deleted = await emulator.Client.DeleteAsync("/emulator/requests", Cancellation);
        Assert.Equal(204, (int)deleted.StatusCode);
        Assert.Equal(0, emulator.Record.Posts);
        Assert.Empty(emulator.Record.Requests);
    }

    [Fact]
    public async Task Posts_are_counted_for_each_body()
    {
        await using var emulator = await StartAsync(Cancellation);
        var (once, twice) = (Body("once"), Body("twice"));
        await emulator.StreamAsync(once, Cancellation);
        await emulator.StreamAsync(twice, Cancellation);
        await emulator.StreamAsync(twice, Cancellation);
        var record = emulator.Record;
        Assert.Equal(3, record.Posts);
        Assert.Equal((1, 2, 0), (record.PostsOf(once.ToJsonString()), record.PostsOf(twice.ToJsonString()), record.PostsOf("{}")));
        Assert.Equal([1, 2], emulator.Record.Bodies.Select(body => body.Posts).Order());
    }

    [Fact]
    public async Task A_client_that_goes_away_mid_reply_is_seen()
    {
        await using var emulator = await StartAsync(Cancellation);
        using (var response = await emulator.PostAsync(Body("[emulator reply=count:5000 speed=50]"), Cancellation))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
            await body.ReadExactlyAsync(new byte[100], Cancellation);
        }

        var seen = await emulator.WaitForAsync(request => request.CancelSeen, Cancellation);
        Assert.Equal((200, RequestOutcome.Cancelled), (seen.Status, seen.Outcome));
        Assert.InRange(seen.TokensSent, 1, 4999);
    }

    [Fact]
    public async Task Only_the_latest_requests_and_the_start_of_a_body_are_kept()
    {
        var options = new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero, RecordedRequests = 3, RecordedBodyBytes = 40 };
        await using var emulator = await StartAsync(options, Cancellation);
        for (var i = 0; i < 5; i++) await emulator.StreamAsync(Body($"message {i}"), Cancellation);
        Assert.Equal([5, 4, 3], emulator.Record.Requests.Select(request => request.Number));
        Assert.All(emulator.Record.Requests, request => Assert.Equal(40, request.Body.Length));
        Assert.Equal(5, emulator.Record.Posts);
    }
}
