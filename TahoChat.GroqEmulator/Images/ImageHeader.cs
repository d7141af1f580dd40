using System.Buffers.Binary;

namespace TahoChat.GroqEmulator.Images;

/// <summary>Reads what an image is, and its size in pixels, from its first bytes.</summary>
internal static class ImageHeader
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The media type; null where the bytes are no image of a kind that Groq takes.</summary>
    public static string? MediaType(ReadOnlySpan<byte> image) =>
        image.StartsWith(Png) ? "image/png"
        : image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8) ? "image/gif"
        : image.StartsWith("RIFF"u8) && image.Length >= 12 && image[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;

    /// <summary>Width and height; null where the header is cut off or says nothing.</summary>
    public static (int Width, int Height)? Size(ReadOnlySpan<byte> image) => MediaType(image) switch
    {
        "image/png" when image.Length >= 24 => (Big32(image[16..]), Big32(image[20..])),
        "image/gif" when image.Length >= 10 => (Little16(image[6..]), Little16(image[8..])),
        "image/jpeg" => OfJpeg(image),
        "image/webp" when image.Length >= 30 => OfWebp(image),
        _ => null,
    };

    /// <summary>The frame header is the first segment 0xC0 to 0xCF that is none of the tables 0xC4, 0xC8 and 0xCC.</summary>
    private static (int Width, int Height)? OfJpeg(ReadOnlySpan<byte> image)
    {
        for (var at = 2; at + 9 < image.Length && image[at] == 0xFF;)
        {
            var marker = image[at + 1];
            if (marker == 0xFF) at++;
            else if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return (Big16(image[(at + 7)..]), Big16(image[(at + 5)..]));
            else at += 2 + Big16(image[(at + 2)..]);
        }

        return null;
    }

    private static (int Width, int Height)? OfWebp(ReadOnlySpan<byte> image)
    {
        var kind = image[12..16];
        if (kind.SequenceEqual("VP8X"u8)) return (Little24(image[24..]) + 1, Little24(image[27..]) + 1);
        if (kind.SequenceEqual("VP8 "u8)) return (Little16(image[26..]) & 0x3FFF, Little16(image[28..]) & 0x3FFF);
        if (!kind.SequenceEqual("VP8L"u8)) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(image[21..]);
        return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
    }

    private static int Big32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes);

    private static int Big16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static int Little16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
