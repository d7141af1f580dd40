using System.Net;
using System.Text;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Export;

/// <summary>The path that a conversation shows, as one page that needs nothing else: no script, its style and its pictures within.</summary>
internal static class HtmlFile
{
    /// <summary>Pictures and style of the page itself, and nothing more.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private const string Style =
        """
        :root{color-scheme:light dark;--ink:#1c1917;--soft:#57534e;--line:#e7e5e4;--page:#fff;--mine:#f5f5f4;--accent:#0f766e}
        @media(prefers-color-scheme:dark){:root{--ink:#f5f5f4;--soft:#a8a29e;--line:#3f3a36;--page:#1c1917;--mine:#292524;--accent:#2dd4bf}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 system-ui,sans-serif}
        main{max-width:46rem;margin:0 auto;padding:2rem 1rem 4rem}
        h1{font-size:1.5rem;line-height:1.3;margin:0}
        header p,article>h2,.note{color:var(--soft);font-size:.85rem}
        article{margin-top:1.5rem;overflow-wrap:anywhere}
        article>h2{font-weight:600;margin:0 0 .25rem}
        article.user>div{background:var(--mine);border-radius:1rem;padding:.75rem 1rem}
        article h1,article div h2,article h3{font-size:1.1rem;margin:1rem 0 .5rem}
        p{margin:.5rem 0}
        a{color:var(--accent)}
        pre{overflow-x:auto;background:var(--mine);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;font-size:.85rem;white-space:pre-wrap}
        code{font-family:ui-monospace,monospace;font-size:.9em}
        table{border-collapse:collapse;display:block;overflow-x:auto}
        th,td{border:1px solid var(--line);padding:.25rem .6rem}
        blockquote{margin:.5rem 0;padding-inline-start:1rem;border-inline-start:3px solid var(--line);color:var(--soft)}
        details{margin:.5rem 0;border:1px solid var(--line);border-radius:.5rem;padding:.4rem .75rem}
        summary{cursor:pointer;color:var(--soft);font-size:.85rem}
        figure{margin:.5rem 0}
        figure img{max-width:100%;height:auto;border-radius:.5rem}
        figcaption{color:var(--soft);font-size:.8rem}
        """;

    public static async Task WriteAsync(Stream stream, Snapshot snapshot, Conversation conversation, CancellationToken cancellationToken)
    {
        await using var page = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024, leaveOpen: true);
        await page.WriteAsync(Begin(conversation).AsMemory(), cancellationToken);
        var path = Snapshot.Path(await snapshot.TreeAsync(conversation.Id, cancellationToken), conversation.HeadId);
        await foreach (var message in snapshot.MessagesAsync(path, cancellationToken))
        {
            var kind = message.Role == MessageRole.User ? "user" : "reply";
            await page.WriteAsync($"<article class=\"{kind}\">\n<h2>{Text(Transcript.Speaker(message))} · {Transcript.Time(message.CreatedAt)}</h2>\n<div dir=\"auto\">\n".AsMemory(), cancellationToken);
            foreach (var attachment in message.Attachments) await WriteAsync(page, snapshot, attachment, cancellationToken);
            if (message.Reasoning.Length > 0) await page.WriteAsync(Folded("Reasoning", message.Reasoning).AsMemory(), cancellationToken);
            foreach (var call in message.ToolCalls ?? [])
                await page.WriteAsync(Folded($"Tool: {call.Name}", $"{call.Arguments}\n\n{call.Result}".TrimEnd()).AsMemory(), cancellationToken);
            await page.WriteAsync(SafeMarkdown.ToHtml(message.Content).AsMemory(), cancellationToken);
            if (Transcript.End(message) is { } end) await page.WriteAsync($"<p class=\"note\">{Text(end)}</p>\n".AsMemory(), cancellationToken);
            await page.WriteAsync("</div>\n</article>\n".AsMemory(), cancellationToken);
            await page.FlushAsync(cancellationToken);
        }

        await page.WriteAsync("</main>\n</body>\n</html>\n".AsMemory(), cancellationToken);
    }

    private static string Begin(Conversation conversation) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(conversation.Title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        <header>
        <h1 dir="auto">{Text(conversation.Title)}</h1>
        <p>{Transcript.Time(conversation.CreatedAt)} – {Transcript.Time(conversation.UpdatedAt)}</p>
        {(conversation.SystemPrompt is { } prompt ? Folded("System prompt", prompt) : "")}
        </header>

        """;

    private static async Task WriteAsync(StreamWriter page, Snapshot snapshot, Attachment attachment, CancellationToken cancellationToken)
    {
        var content = await snapshot.ContentAsync(attachment.Id, cancellationToken);
        await page.WriteAsync((attachment.Kind == AttachmentKind.Image
            ? $"<figure><img src=\"data:{Text(attachment.MediaType)};base64,{Convert.ToBase64String(content)}\" alt=\"{Text(attachment.Name)}\"><figcaption>{Text(attachment.Name)}</figcaption></figure>\n"
            : Folded(attachment.Name, Encoding.UTF8.GetString(content))).AsMemory(), cancellationToken);
    }

    private static string Folded(string title, string text) => $"<details><summary>{Text(title)}</summary><pre dir=\"auto\">{Text(text)}</pre></details>\n";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
