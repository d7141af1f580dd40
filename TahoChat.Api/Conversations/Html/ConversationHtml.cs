using System.Globalization;
using System.Text;
using TahoChat.Api.Frontend;

namespace TahoChat.Api.Conversations.Html;

/// <summary>A conversation as one HTML document that needs nothing else: no script, its style and its pictures inside of it.
/// What people and models wrote is shown as markdown whose HTML is text; links say where they lead, and nothing is fetched.</summary>
public static class ConversationHtml
{
    /// <summary>The content security policy that the document is written for; its bytes bring it along too.</summary>
    public static string Policy { get; } = ContentPolicy.OfPlainPage(Opening("", null));

    /// <summary>What of <see cref="Policy"/> a browser takes from inside of a document.</summary>
    private static readonly string _inside = Policy.Replace("; frame-ancestors 'none'", "", StringComparison.Ordinal);

    /// <summary>Writes the document piece by piece: no more of it than a message is in memory.</summary>
    public static async Task WriteAsync(TextWriter output, HtmlPage page, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Opening(page.Title, page.Note).AsMemory(), cancellationToken);
        var attachments = new AttachmentHtml(page);
        foreach (var message in page.Messages)
        {
            var html = new StringBuilder();
            MessageHtml.Open(html, message, page.ShowsToolTexts);
            foreach (var attachment in message.Attachments) await attachments.AddAsync(html, attachment, cancellationToken);
            MessageHtml.Close(html);
            foreach (var chunk in html.GetChunks()) await output.WriteAsync(chunk, cancellationToken);
        }

        await output.WriteAsync("</main>\n</body>\n</html>\n".AsMemory(), cancellationToken);
    }

    /// <summary>A time for people, which needs no script to be understood anywhere.</summary>
    public static string When(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Opening(string title, string? note) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{{_inside}}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex, nofollow, noarchive">
        <link rel="icon" href="data:,">
        <title>{{Markup.Text(title)}}</title>
        <style>{{HtmlStyle.Text}}</style>
        </head>
        <body>
        <main>
        <header>
        <h1 dir="auto">{{Markup.Text(title)}}</h1>
        {{(note is null ? "" : $"<p class=\"note\">{Markup.Text(note)}</p>")}}
        </header>

        """;
}
