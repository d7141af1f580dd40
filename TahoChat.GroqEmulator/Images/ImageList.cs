using System.Globalization;

namespace TahoChat.GroqEmulator.Images;

/// <summary>Says of images what can be known without looking at them.</summary>
internal static class ImageList
{
    /// <summary>A line each: kind, size in pixels and in bytes.</summary>
    public static string Write(IReadOnlyList<RequestImage> images) =>
        string.Join('\n', images.Select((image, index) => $"{index + 1}. {Describe(image)}"));

    private static string Describe(RequestImage image)
    {
        if (image.Host is { } host) return $"`{host}`";
        var size = image.Size is (var width, var height) ? $", {width} × {height} px" : "";
        return string.Create(CultureInfo.InvariantCulture, $"`{image.MediaType}`{size}, {image.Bytes:N0} B");
    }
}
