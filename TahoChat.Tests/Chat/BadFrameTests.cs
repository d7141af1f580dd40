using System.Net;
using System.Text;

namespace TahoChat.Tests.Chat;

/// <summary>Frames that no client of ours sends. After each of them another socket still chats.</summary>
public sealed class BadFrameTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const int Cap = 64 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    public static TheoryData<string, byte[], int> Broken => new()
    {
        { "unmasked", RawSocket.Frame(RawSocket.TextFrame, Spaces(100), masked: false), 1002 },
        { "first reserved bit", RawSocket.Frame(RawSocket.TextFrame, "{}"u8.ToArray(), reserved: 4), 1002 },
        { "second reserved bit", RawSocket.Frame(RawSocket.TextFrame, "{}"u8.ToArray(), reserved: 2), 1002 },
        { "third reserved bit", RawSocket.Frame(RawSocket.TextFrame, "{}"u8.ToArray(), reserved: 1), 1002 },
        { "opcode 3", RawSocket.Frame(3, []), 1002 },
        { "opcode 7", RawSocket.Frame(7, "x"u8.ToArray()), 1002 },
        { "opcode 11", RawSocket.Frame(11, []), 1002 },
        { "opcode 15", RawSocket.Frame(15, []), 1002 },
        { "fragmented ping", RawSocket.Frame(RawSocket.Ping, [], final: false), 1002 },
        { "fragmented close", RawSocket.Frame(RawSocket.Close, [], final: false), 1002 },
        { "ping of 126 bytes", RawSocket.Frame(RawSocket.Ping, new byte[126]), 1002 },
        { "continuation of nothing", RawSocket.Frame(RawSocket.Continuation, "x"u8.ToArray()), 1002 },
        { "text within a text", [.. RawSocket.Frame(RawSocket.TextFrame, "{"u8.ToArray(), final: false), .. RawSocket.Frame(RawSocket.TextFrame, "}"u8.ToArray())], 1002 },
        { "close of 1 byte", RawSocket.Frame(RawSocket.Close, [3]), 1002 },
        { "close code 1005", RawSocket.Frame(RawSocket.Close, [0x03, 0xED]), 1002 },
        { "close code 999", RawSocket.Frame(RawSocket.Close, [0x03, 0xE7]), 1002 },
        { "length beyond 63 bits", [0x81, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 1002 },
        { "invalid UTF-8", RawSocket.Frame(RawSocket.TextFrame, [0x22, 0xC3, 0x28, 0x22]), 1007 },
        { "a surrogate in UTF-8", RawSocket.Frame(RawSocket.TextFrame, [0xED, 0xA0, 0x80]), 1007 },
        { "UTF-8 that breaks off", RawSocket.Frame(RawSocket.TextFrame, [0x22, 0xE2, 0x82]), 1007 },
        { "invalid UTF-8 over two frames", [.. RawSocket.Frame(RawSocket.TextFrame, [0xE2, 0x82], final: false), .. RawSocket.Frame(RawSocket.Continuation, [0x22])], 1007 },
        { "binary", RawSocket.Frame(RawSocket.BinaryFrame, [1, 2, 3]), 1003 },
        { "empty binary", RawSocket.Frame(RawSocket.BinaryFrame, []), 1003 },
        { "one byte too long", RawSocket.Frame(RawSocket.TextFrame, new byte[Cap + 1].Select(_ => (byte)' ').ToArray()), 1009 },
        { "too long in two frames", [.. RawSocket.Frame(RawSocket.TextFrame, Spaces(Cap), final: false), .. RawSocket.Frame(RawSocket.Continuation, Spaces(1))], 1009 },
        { "a normal close", RawSocket.Frame(RawSocket.Close, [0x03, 0xE8]), 1000 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_frame_closes_its_socket_alone(string name, byte[] bytes, int code)
    {
        await using var socket = await RawSocket.ConnectAsync(Api.Address, Cancel);

        await socket.WriteAsync(bytes, Cancel);

        Assert.Equal((name, code), (name, await socket.ReceiveCloseAsync(Cancel)));
        await LivesAsync();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("\"send\"")]
    [InlineData("""{"message":""")]
    [InlineData("""{"message":"a"} {"message":"b"}""")]
    [InlineData("""{"message":5}""")]
    [InlineData("""{"message":{"text":"a"}}""")]
    [InlineData("""{"message":"a","conversation_id":"1"}""")]
    [InlineData("""{"message":"a","conversation_id":1.5}""")]
    [InlineData("""{"message":"a","conversation_id":99999999999999999999}""")]
    [InlineData("""{"message":"\ud83d"}""")]
    [InlineData("""{"message":"\udc00 x"}""")]
    [InlineData("""{"type":"dance"}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"stop"}""")]
    [InlineData("""{"type":"regenerate","conversation_id":1}""")]
    [InlineData("""{"type":"watch","conversation_id":1,"offset":1e99}""")]
    [InlineData("""{"message":"a","attachment_ids":["1"]}""")]
    [InlineData("""{"message":"a","client_message_id":""}""")]
    [InlineData("""{"message":"a","client_message_id":"12345678901234567890123456789012345678901234567890123456789012345"}""")]
    [InlineData("""{"message":"a","reasoning_effort":"extreme"}""")]
    [InlineData("""{"message":"a","model":""}""")]
    public async Task A_frame_that_is_no_command_is_refused_and_the_socket_goes_on(string frame)
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        await socket.SendAsync(frame, Cancel);
        var refusal = await socket.ReceiveAsync(Cancel);

        Assert.Equal(("error", "invalid_frame", 0), (refusal.Text("status"), refusal.Text("code"), refusal.Text("message_id")?.Length ?? 0));
        await socket.SendAsync(new { type = "ping" }, Cancel);
        Assert.Equal("""{"type":"pong"}""", (await socket.ReceiveAsync(Cancel))!.ToJsonString());
    }

    [Fact]
    public async Task The_fifth_bad_frame_closes_the_socket()
    {
        await using var socket = await RawSocket.ConnectAsync(Api.Address, Cancel);
        for (var i = 0; i < 5; i++)
        {
            await socket.WriteAsync(RawSocket.TextFrame, "bad", Cancel);
            Assert.Contains("invalid_frame", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
            if (i == 4) break;
            await socket.WriteAsync(RawSocket.TextFrame, """{"type":"ping"}""", Cancel);
            Assert.Contains("pong", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
        }

        Assert.Equal(1008, await socket.ReceiveCloseAsync(Cancel));
        await LivesAsync();
    }

    [Theory]
    [InlineData(32, "pong")]
    [InlineData(33, "invalid_frame")]
    public async Task Json_is_32_deep_at_most(int depth, string answer)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var nested = new string('[', depth - 1) + new string(']', depth - 1);

        await socket.SendAsync($$"""{"type":"ping","unknown":{{nested}}}""", Cancel);

        var frame = await socket.ReceiveAsync(Cancel);
        Assert.Equal(answer, frame.Text("type") ?? frame.Text("code"));
    }

    [Fact]
    public async Task A_frame_of_64_KiB_is_read_in_one_piece_and_in_many()
    {
        await using var socket = await RawSocket.ConnectAsync(Api.Address, Cancel);
        var frame = """{"type":"ping"}""".PadRight(Cap);

        await socket.WriteAsync(RawSocket.TextFrame, frame, Cancel);
        Assert.Contains("pong", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);

        var many = new List<byte>(RawSocket.Frame(RawSocket.TextFrame, [], final: false));
        foreach (var piece in Encoding.UTF8.GetBytes(frame).Chunk(7)) many.AddRange(RawSocket.Frame(RawSocket.Continuation, piece, final: false));
        many.AddRange(RawSocket.Frame(RawSocket.Ping, "in between"u8.ToArray()));
        many.AddRange(RawSocket.Frame(RawSocket.Continuation, []));
        await socket.WriteAsync([.. many], Cancel);
        var pong = await socket.ReceiveAsync(Cancel);
        Assert.Equal((RawSocket.Pong, "in between"), (pong!.Opcode, pong.Text));
        Assert.Contains("pong", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_may_be_cut_inside_a_character_by_its_frames()
    {
        await using var socket = await RawSocket.ConnectAsync(Api.Address, Cancel);
        var bytes = Encoding.UTF8.GetBytes("""{"message":"[emulator reply=echo] 🌊","conversation_id":99}""");
        var middle = Array.IndexOf(bytes, (byte)0xF0) + 2;

        await socket.WriteAsync(
            [.. RawSocket.Frame(RawSocket.TextFrame, bytes[..middle], final: false), .. RawSocket.Frame(RawSocket.Continuation, bytes[middle..])], Cancel);

        Assert.Contains("not_found", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_inside_a_frame_is_forgotten()
    {
        await using (var socket = await RawSocket.ConnectAsync(Api.Address, Cancel))
            await socket.WriteAsync(RawSocket.Frame(RawSocket.TextFrame, Spaces(1000))[..500], Cancel);

        await LivesAsync();
    }

    [Fact]
    public async Task Who_asks_for_the_socket_without_an_upgrade_is_told_so()
    {
        var answer = await Api.CallAsync("GET", "/ws/chat", Cancel);

        Assert.Equal((HttpStatusCode.UpgradeRequired, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    private static byte[] Spaces(int count) => [.. Enumerable.Repeat((byte)' ', count)];

    private async Task LivesAsync()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await socket.SendAsync(new { type = "ping" }, Cancel);
        Assert.Equal("pong", (await socket.ReceiveAsync(Cancel)).Text("type"));
    }
}
