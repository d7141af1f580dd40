namespace TahoChat.Api.Attachments;

/// <summary>The caps on attachments, all of them; <c>docs/protocol.md</c> lists what happens beyond each.</summary>
public static class AttachmentLimits
{
    /// <summary>Bytes of one file.</summary>
    public const int File = 20 * 1024 * 1024;

    /// <summary>UTF-16 code units of a file's name.</summary>
    public const int Name = 255;

    /// <summary>Attachments of one message.</summary>
    public const int PerMessage = 10;

    /// <summary>Images of one message, and of one request to the model. Source: console.groq.com/docs/vision.</summary>
    public const int Images = 5;

    /// <summary>Pixels of one image. Source: console.groq.com/docs/vision (33 megapixels).</summary>
    public const long Pixels = 33_177_600;

    /// <summary>Characters of base64 of all images of one request. Groq takes a request of 4 MB with images (413 beyond); the
    /// rest is for the text, of which a window of 131,072 tokens holds about half a megabyte.</summary>
    public const int ImageBase64 = 3_500_000;

    /// <summary>Uploads that are read at the same time; each is in memory as a whole.</summary>
    public const int UploadsAtOnce = 4;

    /// <summary>How long a file is kept that was uploaded and not sent.</summary>
    public static readonly TimeSpan Unsent = TimeSpan.FromHours(24);

    /// <summary>The length of so many bytes in base64.</summary>
    public static long Base64Of(long bytes) => (bytes + 2) / 3 * 4;
}
