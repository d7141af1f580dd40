using System.Text;
using static TahoChat.Tests.Chat.RawSocket;

namespace TahoChat.Tests.Chat;

/// <summary>Frames that are odd and allowed, and connections that break off.</summary>
public sealed class FrameTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly byte[] _ping = """{"type":"ping"}"""u8.ToArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    /// <summary>Each is a ping command after all.</summary>
    public static TheoryData<string, byte[]> Odd
    {
        get
        {
            byte[] key = [0, 0, 0, 0];
            byte[] half = [.. Frame(TextFrame, _ping[..7], final: false)];
            byte[] rest = [.. Frame(Continuation, _ping[7..])];
            return new()
            {
                { "in one frame", Frame(TextFrame, _ping) },
                { "in two frames", [.. half, .. rest] },
                { "a byte a frame", [.. _ping.SelectMany((part, i) => Frame(i == 0 ? TextFrame : Continuation, [part], final: i == _ping.Length - 1))] },
                { "with empty frames around it", [.. Frame(TextFrame, [], final: false), .. Frame(Continuation, _ping, final: false), .. Frame(Continuation, [])] },
                { "after 10,000 empty frames", [.. Frame(TextFrame, [], final: false), .. Repeat(10_000, Frame(Continuation, [], final: false)), .. Frame(Continuation, _ping)] },
                { "with a pong within", [.. half, .. Frame(Pong, "nobody asked"u8.ToArray()), .. rest] },
                { "after a pong that nobody asked for", [.. Frame(Pong, []), .. Frame(TextFrame, _ping)] },
                { "with a length of 16 bits", [0x81, 0xFE, 0, (byte)_ping.Length, .. key, .. _ping] },
                { "with a length of 64 bits", [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, (byte)_ping.Length, .. key, .. _ping] },
                { "64 KiB long", Frame(TextFrame, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_ping).PadRight(BrokenFrames.Cap))) },
                { "64 KiB long in frames of 7 bytes", Pieces(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_ping).PadRight(BrokenFrames.Cap))) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_command_is_read_however_its_frames_are_cut(string name, byte[] bytes)
    {
        await using var socket = await ConnectAsync(Api.Address, Cancel);

        await socket.WriteAsync(bytes, Cancel);

        Assert.Equal((name, """{"type":"pong"}"""), (name, (await socket.ReceiveMessageAsync(Cancel))?.Text));
    }

    [Fact]
    public async Task A_ping_within_a_message_is_answered_at_once()
    {
        await using var socket = await ConnectAsync(Api.Address, Cancel);
        var longest = Encoding.UTF8.GetBytes("in between".PadRight(125, '.'));

        await socket.WriteAsync(Frame(TextFrame, _ping[..3], final: false), Cancel);
        await socket.WriteAsync(Frame(Ping, longest), Cancel);
        var pong = await socket.ReceiveAsync(Cancel);
        await socket.WriteAsync(Frame(Continuation, _ping[3..]), Cancel);

        Assert.Equal((Pong, Encoding.UTF8.GetString(longest)), (pong!.Opcode, pong.Text));
        Assert.Equal("""{"type":"pong"}""", (await socket.ReceiveAsync(Cancel))!.Text);
    }

    [Fact]
    public async Task A_flood_of_pings_is_answered_in_order_and_others_chat_meanwhile()
    {
        const int Many = 5_000;
        await using var socket = await ConnectAsync(Api.Address, Cancel);
        var writing = socket.WriteAsync([.. Enumerable.Range(0, Many).SelectMany(number => Frame(Ping, Encoding.ASCII.GetBytes($"{number}")))], Cancel);

        await Api.LivesAsync(Cancel);
        for (var number = 0; number < Many; number++)
        {
            var pong = await socket.ReceiveAsync(Cancel);
            Assert.Equal((Pong, $"{number}"), (pong!.Opcode, pong.Text));
        }

        await writing;
        await socket.WriteAsync(Frame(TextFrame, _ping), Cancel);
        Assert.Equal("""{"type":"pong"}""", (await socket.ReceiveAsync(Cancel))!.Text);
    }

    [Fact]
    public async Task A_text_may_be_cut_inside_a_character_by_its_frames()
    {
        await using var socket = await ConnectAsync(Api.Address, Cancel);
        var bytes = Encoding.UTF8.GetBytes("""{"message":"[emulator reply=echo] 🌊","conversation_id":99999}""");
        var middle = Array.IndexOf(bytes, (byte)0xF0) + 2;

        await socket.WriteAsync([.. Frame(TextFrame, bytes[..middle], final: false), .. Frame(Continuation, bytes[middle..])], Cancel);

        Assert.Contains("not_found", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
    }

    /// <summary>How far a frame of 200 bytes gets: inside its first bytes, its length, its mask, its text.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(6, false)]
    [InlineData(8, false)]
    [InlineData(100, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(100, true)]
    public async Task A_connection_that_breaks_off_inside_a_frame_is_forgotten(int bytes, bool stillReads)
    {
        await using (var socket = await ConnectAsync(Api.Address, Cancel))
        {
            await socket.WriteAsync(Frame(TextFrame, BrokenFrames.Spaces(200))[..bytes], Cancel);
            if (stillReads)
            {
                socket.EndSending();
                await socket.EndAsync(TimeSpan.FromSeconds(10), Cancel);
            }
        }

        await Api.GoneAsync(Cancel);
        await Api.LivesAsync(Cancel);
    }

    private static byte[] Pieces(byte[] text) =>
    [
        .. Frame(TextFrame, [], final: false),
        .. text.Chunk(7).SelectMany(piece => Frame(Continuation, piece, final: false)),
        .. Frame(Continuation, []),
    ];

    private static IEnumerable<byte> Repeat(int count, byte[] frame) => Enumerable.Repeat(frame, count).SelectMany(bytes => bytes);
}
