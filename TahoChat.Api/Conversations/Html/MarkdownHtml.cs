using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace TahoChat.Api.Conversations.Html;

/// <summary>Markdown as HTML that runs nothing and fetches nothing: its own HTML is text, images are links, and links lead to
/// the web or to mail alone.</summary>
internal static class MarkdownHtml
{
    /// <summary>UTF-16 code units of the longest text that is read as markdown; a longer one is shown as it is.</summary>
    public const int Longest = 256 * 1024;

    /// <summary>Markdig looks from each beginning of an address to the end of the text where it has no end of its own: 256 KiB of
    /// nothing but beginnings took 90 s, and this many steps take 1 to 2.</summary>
    private const long MostSteps = 200_000_000;

    /// <summary>The page's own headings come before those of a text.</summary>
    private const int HeadingShift = 2;

    private static readonly MarkdownPipeline _pipeline = Pipeline();

    public static string Write(string markdown)
    {
        if (markdown.Length > Longest || (long)markdown.AsSpan().Count("](") * markdown.Length > MostSteps) return Markup.Code(markdown);
        try
        {
            var document = Markdown.Parse(markdown, _pipeline);
            foreach (var node in document.Descendants()) Prepare(node);
            using var output = new StringWriter();
            var renderer = new HtmlRenderer(output);
            _pipeline.Setup(renderer);
            renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.LinkInlineRenderer>(new LinkHtml());
            renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.AutolinkInlineRenderer>(new AutolinkHtml());
            renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeBlockRenderer { OutputAttributesOnPre = true });
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new TableHtml());
            renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Extensions.TaskLists.HtmlTaskListRenderer>(new TaskHtml());
            renderer.Render(document);
            return output.ToString();
        }
        catch (ArgumentException)
        {
            // Markdig's answer to what is nested deeper than anybody would read.
            return Markup.Code(markdown);
        }
    }

    private static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UsePipeTables()
            .UseTaskLists()
            .UseAutoLinks()
            .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        builder.InlineParsers.Insert(0, new FormulaParser());
        return builder.Build();
    }

    private static void Prepare(MarkdownObject node)
    {
        switch (node)
        {
            case HeadingBlock heading:
                heading.Level = Math.Min(6, heading.Level + HeadingShift);
                break;
            case CodeBlock code:
                // What scrolls does so by the keyboard too.
                code.GetAttributes().AddProperty("tabindex", "0");
                if (code is FencedCodeBlock { Info: { Length: > 0 } info }) code.GetAttributes().AddProperty("data-language", info);
                break;
            case Table table:
                Align(table);
                break;
        }
    }

    /// <summary>By class: the policy forbids styles of single elements.</summary>
    private static void Align(Table table)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            foreach (var (index, cell) in row.OfType<TableCell>().Index())
            {
                if (index < table.ColumnDefinitions.Count && table.ColumnDefinitions[index].Alignment is { } alignment)
                    cell.GetAttributes().AddClass(alignment switch { TableColumnAlign.Center => "centre", TableColumnAlign.Right => "end", _ => "start" });
            }
        }

        foreach (var column in table.ColumnDefinitions) column.Alignment = null;
    }
}
