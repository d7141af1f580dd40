using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TahoChat.Api.Conversations.Html;

/// <summary>Text as HTML.</summary>
internal static class Markup
{
    // Letters of every language as themselves: escaped, a Japanese text would be three times as long.
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>For between tags and for attributes in quotes.</summary>
    public static string Text(string text) => _encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);

    /// <summary>A block of text as it is, which scrolls by the keyboard too.</summary>
    public static string Code(string text) => $"<pre tabindex=\"0\" dir=\"auto\"><code>{Text(text)}</code></pre>\n";
}
