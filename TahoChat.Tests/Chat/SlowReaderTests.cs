using System.Text.Json.Nodes;
using TahoChat.GroqEmulator;

namespace TahoChat.Tests.Chat;

/// <summary>Readers that do not read, and readers that read slowly.</summary>
public sealed class SlowReaderTests
{
    /// <summary>1 MB, as fast as the server reads it: more than all buffers between it and a reader take.</summary>
    private const string Flood = "[emulator tokens=10000 reasoning=0]";

    private const int FloodLength = 1_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_takes_nothing_for_10_s_is_told_so_with_1013_after_whole_frames()
    {
        await using var api = await StartAsync();
        await using var socket = await RawSocket.ConnectAsync(api.Address, Cancel, receiveBuffer: 4096);
        await socket.WriteAsync(RawSocket.TextFrame, $$"""{"message":"{{Flood}}"}""", Cancel);

        // Its silence is what is tested. The server is held up by the time at which there is all of the reply.
        var reply = await ReplyAsync(api);
        await Task.Delay(TimeSpan.FromSeconds(12), Cancel);
        var text = "";
        var last = await socket.ReceiveMessageAsync(Cancel);
        for (; last is { CloseCode: null }; last = await socket.ReceiveMessageAsync(Cancel))
        {
            var frame = JsonNode.Parse(last.Text)!.AsObject();
            if (frame.ContainsKey("offset")) Assert.Equal(text.Length, frame.Number("offset"));
            text += frame.Text("text");
        }

        Assert.Equal(1013, last?.CloseCode);
        Assert.NotEmpty(text);
        Assert.True(text.Length < FloodLength, "Everything was sent: nothing held the server up.");
        Assert.StartsWith(text, reply, StringComparison.Ordinal);
        SocketCalls.Report($"{text.Length} characters were sent before the server was held up.");
        await socket.WriteAsync(RawSocket.Frame(RawSocket.Close, [0x03, 0xF5]), Cancel);
        await api.GoneAsync(Cancel);
    }

    [Fact]
    public async Task A_reader_that_never_reads_is_cut_off_and_its_reply_goes_on()
    {
        await using var api = await StartAsync(("SlowReader", "00:00:01"), ("SlowGoodbye", "00:00:00.5"));
        await using var socket = await RawSocket.ConnectAsync(api.Address, Cancel, receiveBuffer: 4096);

        await socket.WriteAsync(RawSocket.TextFrame, $$"""{"message":"{{Flood}}"}""", Cancel);
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Counts().Pumps), pumps => pumps == 1, Cancel);

        await api.GoneAsync(Cancel);
        Assert.Equal(FloodLength, (await ReplyAsync(api)).Length);
    }

    [Fact]
    public async Task A_reader_that_is_slow_but_reads_gets_everything()
    {
        await using var api = await StartAsync(("SlowReader", "00:00:02"), ("SlowGoodbye", "00:00:00.1"));
        await using var sender = await api.ConnectAsync(Cancel);
        var turn = await sender.TurnAsync(new { message = Flood }, Cancel);
        await using var socket = await RawSocket.ConnectAsync(api.Address, Cancel, receiveBuffer: 4096);

        // One message of 1 MB, at 250 KB a second: twice as long as the limit, which is for one that takes nothing.
        await socket.WriteAsync(RawSocket.TextFrame, $$"""{"type":"watch","conversation_id":{{turn[0].Number("conversation_id")}}}""", Cancel);
        var (length, pieces) = (0, 0);
        for (var isReply = false; !isReply || length < FloodLength; pieces++)
        {
            var frame = await socket.ReceiveAsync(Cancel);
            Assert.True(frame is { CloseCode: null }, $"Ended after {length} characters.");
            isReply |= frame.Text.Contains("assistant", StringComparison.Ordinal);
            if (isReply) length += frame.Text.Length;
            await Task.Delay(TimeSpan.FromSeconds(frame.Payload.Length / 250_000.0), Cancel);
        }

        Assert.True(pieces > 50, $"{pieces} pieces");
        await socket.WriteAsync(RawSocket.TextFrame, """{"type":"ping"}""", Cancel);
        while (!(await socket.ReceiveMessageAsync(Cancel))!.Text.Contains("pong", StringComparison.Ordinal)) length++;
    }

    [Fact]
    public async Task A_message_that_does_not_become_whole_in_time_closes_its_socket()
    {
        await using var api = await StartAsync(("SlowFrame", "00:00:01"));
        await using var idle = await RawSocket.ConnectAsync(api.Address, Cancel);
        await using var slow = await RawSocket.ConnectAsync(api.Address, Cancel);

        await slow.WriteAsync(RawSocket.Frame(RawSocket.TextFrame, """{"type":"ping"}"""u8.ToArray())[..^1], Cancel);

        Assert.Equal(1008, await slow.ReceiveCloseAsync(Cancel));
        await idle.WriteAsync(RawSocket.TextFrame, """{"type":"ping"}""", Cancel);
        Assert.Equal("""{"type":"pong"}""", (await idle.ReceiveAsync(Cancel))!.Text);
    }

    [Fact]
    public async Task Who_sends_and_sends_and_does_not_read_is_cut_off()
    {
        await using var api = await StartAsync(("SlowReader", "00:00:01"), ("SlowGoodbye", "00:00:00.5"));
        await using var socket = await RawSocket.ConnectAsync(api.Address, Cancel, receiveBuffer: 4096);
        var pings = Enumerable.Repeat(RawSocket.Frame(RawSocket.TextFrame, """{"type":"ping"}"""u8.ToArray()), 500).SelectMany(frame => frame).ToArray();

        var ended = await Record.ExceptionAsync(async () =>
        {
            while (true) await socket.WriteAsync(pings, Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        });

        Assert.IsType<IOException>(ended);
        await api.GoneAsync(Cancel);
    }

    private static Task<TestApi> StartAsync(params (string Name, string Value)[] limits)
    {
        var settings = limits.ToDictionary(limit => $"Limits:{limit.Name}", limit => (string?)limit.Value);
        settings["GROQ_MAX_COMPLETION_TOKENS"] = "65536";
        return TestApi.StartAsync(
            Cancel, settings,
            provider: new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero, ShortestToken = 100, LongestToken = 100 });
    }

    /// <summary>The text of the one reply, once it is complete.</summary>
    private static async Task<string> ReplyAsync(TestApi api)
    {
        var reply = await ApiCalls.UntilAsync(
            async () => (await api.CallAsync("GET", "/conversations", Cancel)).List.FirstOrDefault()?["last_message"]?.AsObject(),
            last => last.Text("status") == "complete", Cancel);
        return reply.Text("content")!;
    }
}
