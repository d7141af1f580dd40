using System.Diagnostics;
using TahoChat.GroqEmulator;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class HostingTests
{
    private static readonly GroqEmulatorOptions _atOnce = new() { TokensPerSecond = 0, FirstToken = TimeSpan.Zero };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_of_the_hosting_program_are_not_taken()
    {
        await using var emulator = await StartAsync(_atOnce, [("Kestrel:Endpoints:Api:Url", "http://0.0.0.0:0")], Cancellation);
        Assert.Equal("127.0.0.1", emulator.Client.BaseAddress!.Host);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_token_takes_its_time(bool stream)
    {
        await using var emulator = await StartAsync(_atOnce with { FirstToken = TimeSpan.FromMilliseconds(300) }, Cancellation);
        var clock = Stopwatch.StartNew();
        using var response = await emulator.PostAsync(Body("Hello", stream), Cancellation);
        Assert.InRange(clock.ElapsedMilliseconds, 290, 15_000);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("x_groq.error")]
    public async Task An_error_in_a_stream_is_an_answer_where_nothing_streams(string fault)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (status, error) = await emulator.FailAsync(Body($"[emulator {fault}]", stream: false), Cancellation);
        Assert.Equal((400, "tool_use_failed"), (status, error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("reset")]
    public async Task A_broken_stream_is_a_broken_connection_where_nothing_streams(string fault)
    {
        await using var emulator = await StartAsync(Cancellation);
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.PostAsync(Body($"[emulator {fault}]", stream: false), Cancellation));
    }
}
