using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TahoChat.Api.Export;

/// <summary>Markdown that people and models wrote, as HTML that runs nothing and loads nothing: HTML in it is text, links lead to
/// pages and to mail alone, pictures are links.</summary>
internal static class SafeMarkdown
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks()
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    public static string ToHtml(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, _pipeline);
            foreach (var link in document.Descendants().OfType<Inline>().ToList()) Restrict(link);
            using var html = new StringWriter();
            var renderer = new HtmlRenderer(html);
            _pipeline.Setup(renderer);
            renderer.Render(document);
            return html.ToString();
        }
        catch (ArgumentException)
        {
            // Nested deeper than Markdig reads.
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }

    private static void Restrict(Inline inline)
    {
        switch (inline)
        {
            case LinkInline link:
                link.IsImage = false;
                link.GetDynamicUrl = null;
                if (IsAllowed(link.Url)) Guard(link);
                else link.ReplaceBy(new ContainerInline());
                break;
            case AutolinkInline { IsEmail: false } link when !IsAllowed(link.Url):
                link.ReplaceBy(new LiteralInline(link.Url));
                break;
            case AutolinkInline link:
                Guard(link);
                break;
        }
    }

    private static void Guard(Inline link) => link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");

    private static bool IsAllowed(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";
}
