using System.Globalization;
using System.Text;
using TahoChat.Api.Attachments;

namespace TahoChat.Api.Conversations.Html;

/// <summary>The attachments of a page: pictures as they are, texts folded; as many as the page has place for.</summary>
internal sealed class AttachmentHtml(HtmlPage page)
{
    /// <summary>What browsers show as a picture and run nothing of.</summary>
    private static readonly string[] _pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    private long _left = page.MostAttachmentBytes;

    public async Task AddAsync(StringBuilder html, Attachment attachment, CancellationToken cancellationToken)
    {
        var isPicture = attachment.Kind == AttachmentKind.Image;
        var fits = attachment.Size <= _left && (!isPicture || _pictures.Contains(attachment.MediaType));
        var bytes = fits ? await page.Read(attachment, cancellationToken) : null;
        var name = Markup.Text(attachment.Name);
        if (bytes is null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">The {(isPicture ? "picture" : "file")} <bdi>{name}</bdi> is not on this page.</p>\n");
            return;
        }

        _left -= bytes.LongLength;
        if (isPicture) AddPicture(html, attachment, name, bytes);
        else html.Append(CultureInfo.InvariantCulture, $"<details class=\"aside\"><summary><bdi>{name}</bdi></summary>\n{Markup.Code(Encoding.UTF8.GetString(bytes))}</details>\n");
    }

    private static void AddPicture(StringBuilder html, Attachment attachment, string name, byte[] bytes)
    {
        var size = attachment is { Width: { } width, Height: { } height }
            ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"")
            : "";
        html.Append(CultureInfo.InvariantCulture, $"<img alt=\"{name}\"{size} src=\"data:{attachment.MediaType};base64,")
            .Append(Convert.ToBase64String(bytes))
            .Append("\">\n");
    }
}
