using System.Buffers.Binary;

namespace TahoChat.Api.Attachments;

/// <summary>What an image's own first bytes say. Width and height are pixels, before any turning that its EXIF asks for.</summary>
internal readonly record struct ImageHeader(string MediaType, int Width, int Height)
{
    private static readonly byte[] _pngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The header of a PNG, JPEG, GIF or WebP; null where it is none of them, or so damaged that it has no size.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> bytes)
    {
        var header = Png(bytes) ?? Gif(bytes) ?? WebP(bytes) ?? Jpeg(bytes);
        return header is { Width: > 0, Height: > 0 } ? header : null;
    }

    /// <summary>W3C PNG, 5.2 and 11.2.2: the signature, then the chunk IHDR.</summary>
    private static ImageHeader? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes.StartsWith(_pngSignature) && bytes[12..16].SequenceEqual("IHDR"u8)
            ? new("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    /// <summary>GIF89a, 17 and 18: the signature, then the logical screen.</summary>
    private static ImageHeader? Gif(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 13 && (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            ? new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
            : null;

    /// <summary>RFC 9649: RIFF, then one of three kinds of first chunk.</summary>
    private static ImageHeader? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..12].SequenceEqual("WEBP"u8)) return null;
        var chunk = bytes[12..16];
        if (chunk.SequenceEqual("VP8X"u8)) return new("image/webp", 1 + UInt24(bytes[24..]), 1 + UInt24(bytes[27..]));
        if (chunk.SequenceEqual("VP8L"u8) && bytes[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return new("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        if (!chunk.SequenceEqual("VP8 "u8) || bytes[23] != 0x9D || bytes[24] != 0x01 || bytes[25] != 0x2A) return null;
        return new(
            "image/webp",
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF,
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF);
    }

    /// <summary>ITU T.81, B.1: segments, until one that begins a frame has the size.</summary>
    private static ImageHeader? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return null;
        var at = 2;
        while (at + 9 <= bytes.Length)
        {
            if (bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            // The start of the picture's data, or its end, before any frame.
            if (marker is 0xDA or 0xD9) return null;
            if (IsFrame(marker))
                return new("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            // Without a length: TEM and the restart markers.
            at += marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
        }

        return null;
    }

    /// <summary>SOF0 to SOF15, but for the three of that range that are tables.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
