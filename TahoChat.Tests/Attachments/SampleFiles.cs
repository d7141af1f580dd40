using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TahoChat.Tests.Attachments;

/// <summary>Small files of every kind, made here.</summary>
internal static class SampleFiles
{
    /// <summary>A PNG that decoders take, all of one colour.</summary>
    public static byte[] Png(int width = 4, int height = 3, byte red = 200)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        var rows = new byte[((width * 3) + 1) * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) rows[(y * ((width * 3) + 1)) + 1 + (x * 3)] = red;
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(rows);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A JPEG's segments up to the frame's header; no picture follows.</summary>
    public static byte[] Jpeg(ushort width, ushort height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xFF, 0xC2, 0, 11, 8,
        (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0, 0xFF, 0xD9,
    ];

    public static byte[] Gif(byte width, byte height) => [.. "GIF89a"u8, width, 0, height, 0, 0, 0, 0, 0x3B];

    public static byte[] WebPLossless(int width, int height)
    {
        var bits = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bits, (uint)((width - 1) | ((height - 1) << 14)));
        return [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8L"u8, 10, 0, 0, 0, 0x2F, .. bits, .. new byte[8]];
    }

    public static byte[] WebPExtended(int width, int height) =>
    [
        .. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0,
        (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0,
    ];

    public static byte[] WebPLossy(byte width, byte height) =>
        [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8 "u8, 10, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, width, 0, height, 0];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(body));
        return chunk;
    }

    /// <summary>W3C PNG, annex D.</summary>
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
