using System.Buffers.Binary;
using static TahoChat.Tests.Chat.RawSocket;

namespace TahoChat.Tests.Chat;

/// <summary>Bytes after a handshake, by the categories of RFC 6455, and the code that the server closes with.</summary>
internal static class BrokenFrames
{
    /// <summary>The most bytes of a message.</summary>
    public const int Cap = 64 * 1024;

    private static readonly byte[] _someText = "{}"u8.ToArray();

    public static TheoryData<string, byte[], int> All
    {
        get
        {
            var all = new TheoryData<string, byte[], int>();
            foreach (var (name, bytes, code) in Bits().Concat(ControlFrames()).Concat(Fragments()).Concat(Utf8()).Concat(Sizes()).Concat(Closes()))
                all.Add(name, bytes, code);
            return all;
        }
    }

    public static byte[] Spaces(int count) => [.. Enumerable.Repeat((byte)' ', count)];

    /// <summary>A close frame's payload.</summary>
    public static byte[] Goodbye(int code, params byte[] reason)
    {
        byte[] payload = [0, 0, .. reason];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return payload;
    }

    private static IEnumerable<(string, byte[], int)> Bits()
    {
        foreach (var bits in new[] { 4, 2, 1, 7 })
        {
            yield return ($"text with reserved bits {bits}", Frame(TextFrame, _someText, reserved: bits), 1002);
            yield return ($"ping with reserved bits {bits}", Frame(Ping, _someText, reserved: bits), 1002);
        }

        yield return ("continuation with a reserved bit", [.. Frame(TextFrame, _someText, final: false), .. Frame(Continuation, _someText, reserved: 4)], 1002);
        foreach (var opcode in new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
            yield return ($"opcode {opcode}", Frame(opcode, opcode % 2 == 0 ? [] : _someText), 1002);
        yield return ("unmasked text", Frame(TextFrame, Spaces(100), masked: false), 1002);
        // A header is read with its mask: of an unmasked one, the four bytes behind it.
        yield return ("unmasked empty text", [.. Frame(TextFrame, [], masked: false), .. Frame(TextFrame, Spaces(2), masked: false)], 1002);
        yield return ("unmasked ping", Frame(Ping, Spaces(4), masked: false), 1002);
        yield return ("unmasked close", Frame(Close, Goodbye(1000, Spaces(2)), masked: false), 1002);
        yield return ("unmasked continuation", [.. Frame(TextFrame, _someText, final: false), .. Frame(Continuation, Spaces(4), masked: false)], 1002);
    }

    private static IEnumerable<(string, byte[], int)> ControlFrames()
    {
        yield return ("ping of 126 bytes", Frame(Ping, new byte[126]), 1002);
        yield return ("pong of 126 bytes", Frame(Pong, new byte[126]), 1002);
        yield return ("close of 126 bytes", Frame(Close, Goodbye(1000, Spaces(124))), 1002);
        yield return ("ping of 64 KiB", Frame(Ping, new byte[Cap]), 1002);
        yield return ("ping in fragments", Frame(Ping, [], final: false), 1002);
        yield return ("pong in fragments", Frame(Pong, [], final: false), 1002);
        yield return ("close in fragments", Frame(Close, [], final: false), 1002);
        yield return ("ping in fragments within a text", [.. Frame(TextFrame, _someText, final: false), .. Frame(Ping, [], final: false)], 1002);
    }

    private static IEnumerable<(string, byte[], int)> Fragments()
    {
        var begun = Frame(TextFrame, "{"u8.ToArray(), final: false);
        yield return ("continuation of nothing", Frame(Continuation, _someText), 1002);
        yield return ("first fragment of nothing", Frame(Continuation, _someText, final: false), 1002);
        yield return ("continuation after the end", [.. begun, .. Frame(Continuation, "}"u8.ToArray()), .. Frame(Continuation, [])], 1002);
        yield return ("text within a text", [.. begun, .. Frame(TextFrame, "}"u8.ToArray())], 1002);
        yield return ("text in fragments within a text", [.. begun, .. Frame(TextFrame, "}"u8.ToArray(), final: false)], 1002);
        yield return ("binary within a text", [.. begun, .. Frame(BinaryFrame, [1])], 1002);
        yield return ("text within a text after a ping", [.. begun, .. Frame(Ping, []), .. Frame(TextFrame, [])], 1002);
    }

    private static IEnumerable<(string, byte[], int)> Utf8()
    {
        var broken = new Dictionary<string, byte[]>
        {
            ["an ASCII byte in a character"] = [0x22, 0xC3, 0x28, 0x22],
            ["a surrogate"] = [0xED, 0xA0, 0x80],
            ["two surrogates"] = [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
            ["an overlong slash"] = [0xC0, 0xAF],
            ["an overlong NUL"] = [0xE0, 0x80, 0x80],
            ["beyond Unicode"] = [0xF4, 0x90, 0x80, 0x80],
            ["a byte that never is"] = [0xFE],
            ["a lone continuation byte"] = [0x80],
            ["a character that breaks off"] = [0x22, 0xE2, 0x82],
        };
        foreach (var (name, bytes) in broken)
        {
            yield return ($"UTF-8: {name}", Frame(TextFrame, bytes), 1007);
            yield return (
                $"UTF-8 over two frames: {name}",
                [.. Frame(TextFrame, bytes[..^1], final: false), .. Frame(Continuation, bytes[^1..])], 1007);
        }

        yield return ("UTF-8: an end inside a character, in an empty frame", [.. Frame(TextFrame, [0xE2, 0x82], final: false), .. Frame(Continuation, [])], 1007);
        yield return ("UTF-8: a broken close reason", Frame(Close, Goodbye(1000, 0xC3, 0x28)), 1002);
    }

    private static IEnumerable<(string, byte[], int)> Sizes()
    {
        byte[] endless = [0x81, 0xFF, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, .. Spaces(Cap + 1)];
        yield return ("binary", Frame(BinaryFrame, [1, 2, 3]), 1003);
        yield return ("empty binary", Frame(BinaryFrame, []), 1003);
        yield return ("binary in fragments", Frame(BinaryFrame, [1], final: false), 1003);
        yield return ("binary over the cap", Frame(BinaryFrame, new byte[Cap + 1]), 1003);
        yield return ("a byte over the cap", Frame(TextFrame, Spaces(Cap + 1)), 1009);
        yield return ("a byte over the cap in two frames", [.. Frame(TextFrame, Spaces(Cap), final: false), .. Frame(Continuation, Spaces(1))], 1009);
        yield return ("over the cap in frames of 1 KiB", [.. Frame(TextFrame, [], final: false), .. Repeat(65, Frame(Continuation, Spaces(1024), final: false))], 1009);
        yield return ("far over the cap", Frame(TextFrame, Spaces(1024 * 1024)), 1009);
        yield return ("a length of 2^62, and more than the cap of it", endless, 1009);
        yield return ("a length beyond 63 bits", [0x81, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 1002);
    }

    private static IEnumerable<(string, byte[], int)> Closes()
    {
        foreach (var code in new[] { 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535 })
            yield return ($"close code {code}", Frame(Close, Goodbye(code)), 1002);
        yield return ("close of 1 byte", Frame(Close, [3]), 1002);
        foreach (var code in new[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4999 })
            yield return ($"close code {code}", Frame(Close, Goodbye(code)), 1000);
        yield return ("a close without a code", Frame(Close, []), 1000);
        yield return ("a close with the longest reason", Frame(Close, Goodbye(1000, Spaces(123))), 1000);
        yield return ("a close within a text", [.. Frame(TextFrame, _someText, final: false), .. Frame(Close, Goodbye(1000))], 1000);
        yield return ("frames after a close", [.. Frame(Close, Goodbye(1000)), .. Frame(TextFrame, _someText), .. Frame(3, [])], 1000);
    }

    private static byte[] Repeat(int count, byte[] frame) => [.. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes)];
}
