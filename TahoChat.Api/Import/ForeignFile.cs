using TahoChat.Api.Attachments;

namespace TahoChat.Api.Import;

/// <summary>A file that came with a message of another program.</summary>
/// <param name="Is">What it is by its bytes, without them; null where they are not in the export, or cannot be kept.</param>
internal sealed record ForeignFile(string? Name, SniffedFile? Is, int Size, Func<CancellationToken, Task<byte[]>> BytesAsync)
{
    /// <summary>One of which there is no more than the name.</summary>
    public static ForeignFile Missing(string? name) => Of(name, []);

    public static ForeignFile Of(string? name, byte[] bytes) => new(name, Sniff(bytes), bytes.Length, _ => Task.FromResult(bytes));

    /// <summary>One that is read to see what it is, and again when it is kept.</summary>
    public static async Task<ForeignFile> OfAsync(string? name, Func<CancellationToken, Task<byte[]>> bytesAsync, CancellationToken cancellationToken)
    {
        var bytes = await bytesAsync(cancellationToken);
        return new(name, Sniff(bytes), bytes.Length, bytesAsync);
    }

    private static SniffedFile? Sniff(byte[] bytes) =>
        bytes.Length is > 0 and <= AttachmentLimits.File && FileSniffer.Sniff(bytes) is { HasTooManyPixels: false } file && file.Bytes.Length == bytes.Length
            ? file with { Bytes = [] }
            : null;
}
