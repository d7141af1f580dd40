using System.Globalization;
using ModelContextProtocol.Protocol;

namespace TahoChat.Api.Tools.Mcp;

/// <summary>What a tool gave, as text: models that are asked here read no other.</summary>
internal static class McpResult
{
    public static string TextOf(CallToolResult result) =>
        result.Content.Count == 0 && result.StructuredContent is { } structured
            ? structured.ToString()
            : string.Join('\n', result.Content.Select(TextOf));

    private static string TextOf(ContentBlock block) => block switch
    {
        TextContentBlock text => text.Text,
        ImageContentBlock image => Left("image", image.MimeType, image.DecodedData.Length),
        AudioContentBlock audio => Left("sound", audio.MimeType, audio.DecodedData.Length),
        EmbeddedResourceBlock { Resource: TextResourceContents text } => text.Text,
        EmbeddedResourceBlock { Resource: BlobResourceContents blob } => Left("file", blob.MimeType, blob.DecodedData.Length),
        ResourceLinkBlock link => $"{link.Name}: {link.Uri}",
        _ => $"[{block.Type}, left out]",
    };

    private static string Left(string what, string? type, int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"[{what} {type}, {bytes} bytes, left out]");
}
