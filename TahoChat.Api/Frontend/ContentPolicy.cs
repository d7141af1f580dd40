using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Frontend;

/// <summary>Content security policies (CSP level 3) of the pages of this server. What is not named is not allowed.</summary>
internal static partial class ContentPolicy
{
    private const string Everywhere = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For answers that are no page: data, and scripts, whose policy is that of a worker that runs them. The
    /// service worker fetches what it keeps.</summary>
    public const string Script = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Of a page of the export. Mathematics, diagrams and placed menus write style attributes; scripts are files of
    /// this server or the inline ones that the page was built with. <c>'self'</c> of connect-src holds for WebSockets in every
    /// browser that the frontend runs in (Safari does so since 15.4).</summary>
    public static string OfExport(string html) =>
        $"{Everywhere}; script-src 'self'{HashesOf(html, InlineScript())}; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
        + "manifest-src 'self'; form-action 'self'";

    /// <summary>Of a page without scripts: its inline styles by their hashes.</summary>
    public static string OfPlainPage(string html, string formAction = "'none'") =>
        $"{Everywhere}; style-src{HashesOf(html, InlineStyle())}; img-src data:; form-action {formAction}";

    /// <summary>Of a page with scripts that style what they draw and read the interface's description (Swagger UI, ReDoc).</summary>
    public static string OfScriptedPage(string html) =>
        $"{Everywhere}; script-src 'self'{HashesOf(html, InlineScript())}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; form-action 'none'";

    private static string HashesOf(string html, Regex inline) =>
        string.Concat(inline.Matches(html)
            .Select(match => Normal(match.Groups["text"].Value))
            .Distinct(StringComparer.Ordinal)
            .Select(text => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'"));

    // Browsers hash what their parser made of it, and that has one kind of line end.
    private static string Normal(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    [GeneratedRegex("""<script(?![^>]*\ssrc\s*=)[^>]*>(?<text>.*?)</script\s*>""", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""<style[^>]*>(?<text>.*?)</style\s*>""", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InlineStyle();
}
