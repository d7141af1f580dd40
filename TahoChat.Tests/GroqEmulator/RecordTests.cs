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
        Assert.Equal((3, 1, 2, 0), (
            emulator.Record.Posts, emulator.Record.PostsOf(once.ToJsonString()), emulator.Record.PostsOf(twice.ToJsonString()), emulator.Record.PostsOf("{}")));
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
        await using var emulator = await StartAsync(
            new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero, RecordedRequests = 3, RecordedBodyBytes = 40 }, Cancellation);
        for (var i = 0; i < 5; i++) await emulator.StreamAsync(Body($"message {i}"), Cancellation);
        Assert.Equal([5, 4, 3], emulator.Record.Requests.Select(request => request.Number));
        Assert.All(emulator.Record.Requests, request => Assert.Equal(40, request.Body.Length));
        Assert.Equal(5, emulator.Record.Posts);
    }

    [Fact]
    public async Task A_stop_of_the_emulator_does_not_wait_for_a_stalled_reply()
    {
        var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Body("[emulator fault=stall]"), Cancellation);
        var stopped = emulator.DisposeAsync().AsTask();
        await stopped.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("192.168.1.5:1234", 403)]
    [InlineData("localhost:1234", 200)]
    [InlineData("[::1]:1234", 200)]
    public async Task A_request_by_another_host_name_is_refused(string host, int status)
    {
        await using var emulator = await StartAsync(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/emulator/requests") { Headers = { Host = host } };
        using var response = await emulator.Client.SendAsync(request, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
    }
}
