using System.Globalization;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace TahoChat.Api.Conversations.Html;

/// <summary>A link or an image: an address that may be followed, with its host behind the words, else the words alone.</summary>
internal sealed class LinkHtml : HtmlObjectRenderer<LinkInline>
{
    private bool _inside;

    /// <summary>The address of a link that leads to the web or to mail, and what a person should see of it; null for any other.</summary>
    public static (string Address, string Place)? Destination(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return null;
        return uri switch
        {
            // The host as the resolver gets it: letters that look like others are spelled out.
            { Scheme: "http" or "https", IdnHost.Length: > 0 } => (uri.AbsoluteUri, uri.IsDefaultPort ? uri.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{uri.IdnHost}:{uri.Port}")),
            { Scheme: "mailto" } => (uri.AbsoluteUri, $"{uri.UserInfo}@{uri.IdnHost}"),
            _ => null,
        };
    }

    public static void Open(HtmlRenderer renderer, string address) =>
        renderer.Write($"<a href=\"{Markup.Text(address)}\" title=\"{Markup.Text(address)}\" rel=\"noopener noreferrer nofollow\">");

    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        var destination = _inside ? null : Destination(link.GetDynamicUrl?.Invoke() ?? link.Url);
        if (destination is { } to) Open(renderer, to.Address);
        var before = _inside;
        _inside |= destination is not null;
        if (link.IsImage) renderer.Write("Picture: ");
        renderer.WriteChildren(link);
        _inside = before;
        if (destination is not { Place: var place }) return;
        if (!link.IsAutoLink) renderer.Write($" <bdi dir=\"ltr\" class=\"place\">({Markup.Text(place)})</bdi>");
        renderer.Write("</a>");
    }
}

/// <summary>An address in angle brackets.</summary>
internal sealed class AutolinkHtml : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline link)
    {
        var destination = LinkHtml.Destination(link.IsEmail ? $"mailto:{link.Url}" : link.Url);
        if (destination is { } to) LinkHtml.Open(renderer, to.Address);
        renderer.WriteEscape(link.Url);
        if (destination is not null) renderer.Write("</a>");
    }
}

/// <summary>A table that scrolls by itself where the page is too narrow.</summary>
internal sealed class TableHtml : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.Write("<div class=\"table\" tabindex=\"0\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}

/// <summary>A box of a task list, which nobody can tick here.</summary>
internal sealed class TaskHtml : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList task) => renderer.Write(task.Checked
        ? "<span role=\"img\" aria-label=\"Done\">☑</span>"
        : "<span role=\"img\" aria-label=\"Not done\">☐</span>");
}

/// <summary>Formulas as the chat knows them (<c>$$…$$</c>, <c>\(…\)</c>, <c>\[…\]</c>), shown by their source: nothing of it is
/// markdown.</summary>
internal sealed class FormulaParser : InlineParser
{
    /// <summary>How far its end is looked for: beginnings without an end must not each read the whole text.</summary>
    private const int Longest = 4096;

    public FormulaParser() => OpeningCharacters = ['\\', '$'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var end = (slice.CurrentChar, slice.PeekChar()) switch
        {
            ('$', '$') => "$$",
            ('\\', '(') => "\\)",
            ('\\', '[') => "\\]",
            _ => null,
        };
        if (end is null) return false;
        var from = slice.Start + 2;
        var length = Math.Min(Longest, slice.End + 1 - from);
        var at = length <= 0 ? -1 : slice.Text.IndexOf(end, from, length, StringComparison.Ordinal);
        if (at <= from) return false;
        var code = new CodeInline(slice.Text[from..at].Trim());
        code.GetAttributes().AddClass("formula");
        processor.Inline = code;
        slice.Start = at + 2;
        return true;
    }
}
