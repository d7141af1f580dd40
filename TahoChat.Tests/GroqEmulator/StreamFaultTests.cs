using System.Text;
using System.Text.Json;
using TahoChat.GroqEmulator.Record;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class StreamFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_event_comes_after_some_content_and_nothing_after_it()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Body("[emulator fault=error reply=count:50 after=3]"), Cancellation);
        Assert.Equal("1 2 3 ", stream.Content);
        Assert.Null(stream.FinishReason);
        Assert.StartsWith("event: error\ndata: {\"error\":{", stream.Events[^1], StringComparison.Ordinal);
        var error = JsonElement.Parse(stream.Events[^1]["event: error\ndata: ".Length..]).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("tool_use_failed", error.GetProperty("code").GetString());
        Assert.Equal("", error.GetProperty("failed_generation").GetString());
        Assert.Equal(400, error.GetProperty("status_code").GetInt32());
    }

    [Fact]
    public async Task An_error_in_x_groq_ends_the_stream()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Body("[emulator fault=x_groq.error reply=count:50 after=3]"), Cancellation);
        Assert.Equal(("1 2 3 ", false), (stream.Content, stream.IsDone));
        Assert.NotEmpty(stream.Chunks[^1].GetProperty("x_groq").GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task A_cut_stream_ends_properly_without_a_finish_reason()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Body("[emulator fault=cut reply=count:50 after=3]"), Cancellation);
        Assert.Equal(("1 2 3 ", null, false), (stream.Content, stream.FinishReason, stream.IsDone));
    }

    [Fact]
    public async Task A_reset_breaks_the_connection_after_some_content()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Body("[emulator fault=reset reply=count:50 after=3]"), Cancellation);
        using var received = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received, Cancellation));
        Assert.Contains("\"content\":\"3 \"", Encoding.UTF8.GetString(received.ToArray()), StringComparison.Ordinal);
        var ended = await emulator.WaitForAsync(request => request.Outcome != RequestOutcome.Running, Cancellation);
        Assert.Equal((RequestOutcome.Answered, false), (ended.Outcome, ended.CancelSeen));
    }

    [Fact]
    public async Task A_stalled_stream_says_no_more_until_the_client_gives_up()
    {
        await using var emulator = await StartAsync(Cancellation);
        using (var response = await emulator.PostAsync(Body("[emulator fault=stall reply=count:50 after=3]"), Cancellation))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
            string? line;
            do line = await reader.ReadLineAsync(Cancellation);
            while (line?.Contains("\"content\":\"3 \"", StringComparison.Ordinal) == false);
            Assert.Equal("", await reader.ReadLineAsync(Cancellation));
            var next = reader.ReadLineAsync(Cancellation).AsTask();
            Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(200, Cancellation)));
            Assert.False(emulator.Record.Requests[0].CancelSeen);
        }

        var seen = await emulator.WaitForAsync(request => request.CancelSeen, Cancellation);
        Assert.Equal("stall", seen.Fault);
        Assert.NotNull(seen.CancelSeenAt);
    }

    [Fact]
    public async Task A_silent_answer_has_headers_and_nothing_else()
    {
        await using var emulator = await StartAsync(Cancellation);
        using (var response = await emulator.PostAsync(Body("[emulator silent]"), Cancellation))
        {
            Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal(0, (await emulator.WaitForAsync(request => request.CancelSeen, Cancellation)).TokensSent);
    }
}
