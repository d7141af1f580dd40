namespace TahoChat.Api.Conversations.Html;

/// <summary>The look of <see cref="ConversationHtml"/>: the chat's colours, as light or dark as the reader's device is.</summary>
internal static class HtmlStyle
{
    public const string Text = """

        :root{color-scheme:light dark;--page:#fdfdfc;--sunken:#f3f4f1;--line:#dfe2dd;--ink:#1a2327;--soft:#57636a;--accent:#0e6f88;--wash:#e3f0f3}
        @media (prefers-color-scheme:dark){:root{--page:#11181c;--sunken:#172025;--line:#2c3940;--ink:#e5ebed;--soft:#9cabb2;--accent:#67c4d8;--wash:#17323a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.65 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere}
        main{max-width:48rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
        main>header{margin-bottom:2rem;padding-bottom:1.25rem;border-bottom:1px solid var(--line)}
        h1{margin:0;font-size:1.625rem;line-height:1.25}
        .note,article>header,.place{color:var(--soft)}
        .note{margin:.6em 0 0;font-size:.875rem}
        article{margin:0 0 1.75rem}
        article>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;margin-bottom:.35rem;font-size:.8125rem}
        article>header h2{margin:0;color:var(--ink);font-size:.875rem;line-height:inherit}
        article.user .text{padding:.625rem 1rem;border-radius:1rem;background:var(--wash)}
        .typed{white-space:pre-wrap}
        .text>:first-child{margin-top:0}
        .text>:last-child{margin-bottom:0}
        .text h3,.text h4,.text h5,.text h6{margin:1.4em 0 .5em;font-size:1.0625rem;line-height:1.35}
        .text h3{font-size:1.25rem}
        .text p,.text ul,.text ol,.text blockquote,.text pre,.table{margin:0 0 .9em}
        .text ul,.text ol{padding-inline-start:1.6em}
        .text blockquote{padding-inline-start:1em;border-inline-start:3px solid var(--line);color:var(--soft)}
        .text hr{margin:1.6em 0;border:0;border-top:1px solid var(--line)}
        a{color:var(--accent);text-underline-offset:.15em}
        .place{font-size:.875em}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK JP",monospace;font-size:.875rem}
        :not(pre)>code{padding:.1em .35em;border-radius:.35em;background:var(--sunken)}
        pre{margin:0;padding:.8rem 1rem;overflow-x:auto;border:1px solid var(--line);border-radius:.75rem;background:var(--sunken);line-height:1.5;overflow-wrap:normal}
        pre[data-language]::before{content:attr(data-language);display:block;margin-bottom:.5rem;color:var(--soft);font-size:.75rem}
        .aside pre{white-space:pre-wrap;overflow-wrap:anywhere;max-height:32rem;overflow:auto}
        .table{overflow-x:auto;overflow-wrap:normal}
        table{border-collapse:collapse;font-size:.9375rem}
        th,td{padding:.4em .8em;border:1px solid var(--line);text-align:start;vertical-align:top}
        th{background:var(--sunken)}
        .centre{text-align:center}
        .end{text-align:end}
        .aside,.tool{margin:0 0 .75rem;font-size:.875rem;color:var(--soft)}
        .aside{padding-inline-start:.85rem;border-inline-start:2px solid var(--line)}
        summary{cursor:pointer}
        summary~*{margin-top:.6rem}
        img{display:block;max-width:100%;height:auto;max-height:32rem;width:auto;margin-top:.75rem;border:1px solid var(--line);border-radius:.75rem}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        @media print{main{max-width:none;padding:0}article{break-inside:avoid-page}}

        """;
}
