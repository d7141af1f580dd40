using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Images;

/// <summary>Reads the <c>image_url</c> part of a message: a data URL in base64, or an address.</summary>
internal static class ImageReader
{
    /// <summary>From console.groq.com/docs/vision.</summary>
    private const long MostPixels = 33_177_600;

    /// <exception cref="GroqErrorException">It is neither, or no image.</exception>
    public static RequestImage Read(RequestFields part, string path)
    {
        var image = part.Record("image_url") ?? throw RequestFields.Wrong(path, "property 'image_url' is missing");
        var fields = new RequestFields(image);
        fields.Word("detail", "auto", "low", "high");
        var url = fields.Word("url") ?? throw RequestFields.Wrong($"{path}.image_url", "property 'url' is missing");
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return OfData(url, path);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new RequestImage(null, 0, null, address!.Host)
            : throw RequestFields.Wrong($"{path}.image_url.url", "value must be a URL or a base64 encoded image");
    }

    private static RequestImage OfData(string url, string path)
    {
        const string Marker = ";base64";
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var declared = comma < 0 ? "" : url["data:".Length..comma];
        if (!declared.EndsWith(Marker, StringComparison.OrdinalIgnoreCase)) throw Invalid(path);
        var base64 = url.AsSpan(comma + 1);
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64Chars(base64, bytes, out var length) || length == 0) throw Invalid(path);
        var content = bytes.AsSpan(0, length);
        if (ImageHeader.MediaType(content) is not { } mediaType) throw Invalid(path);
        var size = ImageHeader.Size(content);
        return size is (var width, var height) && (long)width * height > MostPixels
            ? throw new GroqErrorException($"image is too large: {width}x{height} exceeds {MostPixels} pixels", path)
            : new RequestImage(mediaType, length, size);
    }

    private static GroqErrorException Invalid(string path) => new("invalid image data", path);
}
