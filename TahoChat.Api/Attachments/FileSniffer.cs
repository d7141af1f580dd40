using System.Text;
using System.Text.Unicode;

namespace TahoChat.Api.Attachments;

/// <summary>What a file is by its bytes, and the bytes to keep: of a text its UTF-8, without a byte order mark.</summary>
internal sealed record SniffedFile(AttachmentKind Kind, string MediaType, byte[] Bytes, int? Width = null, int? Height = null)
{
    public bool HasTooManyPixels => (long)(Width ?? 0) * (Height ?? 0) > AttachmentLimits.Pixels;
}

/// <summary>Decides by a file's bytes what it is. Its name and what the client says of it count for nothing: an SVG or a page
/// is a text, whatever it is called.</summary>
internal static class FileSniffer
{
    /// <summary>How a text is kept and served.</summary>
    public const string TextType = "text/plain";

    private static readonly UnicodeEncoding _littleEndian = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding _bigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <summary>An image or a text; null where it is neither.</summary>
    public static SniffedFile? Sniff(byte[] bytes)
    {
        if (ImageHeader.Read(bytes) is { } image)
            return new SniffedFile(AttachmentKind.Image, image.MediaType, bytes, image.Width, image.Height);
        return Text(bytes) is { } text ? new SniffedFile(AttachmentKind.Text, TextType, text) : null;
    }

    private static byte[]? Text(byte[] bytes)
    {
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, ..] => FromUtf16(bytes, _littleEndian),
            [0xFE, 0xFF, ..] => FromUtf16(bytes, _bigEndian),
            _ => bytes,
        };
        return text is not null && !text.AsSpan().Contains((byte)0) && Utf8.IsValid(text) ? text : null;
    }

    private static byte[]? FromUtf16(byte[] bytes, UnicodeEncoding encoding)
    {
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(bytes, 2, bytes.Length - 2));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
