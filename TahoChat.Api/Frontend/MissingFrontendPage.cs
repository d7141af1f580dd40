namespace TahoChat.Api.Frontend;

/// <summary>What <c>/</c> shows where no frontend was exported: how to get one.</summary>
internal static class MissingFrontendPage
{
    private static readonly string _policy = ContentPolicy.OfPlainPage(Page);

    public static Task ShowAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentSecurityPolicy = _policy;
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }

    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>TahoChat</title>
        <style>
        body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;font:16px/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
        main{max-width:34rem}
        h1{font-size:1.5rem;line-height:1.3;margin:0 0 .6em}
        code{font-family:ui-monospace,monospace;font-size:.92em;padding:.15em .4em;border-radius:6px;background:color-mix(in srgb,CanvasText 9%,Canvas)}
        li{margin:.5em 0}
        </style>
        </head>
        <body>
        <main>
        <h1>The API is running. The chat's pages are not built yet.</h1>
        <ul>
        <li><code>./run.sh</code> in the repository builds them and serves them from here.</li>
        <li>For development: <code>npm install</code> and <code>npm run dev</code> in <code>frontend</code>, then open
        <a href="http://localhost:3000">localhost:3000</a>.</li>
        </ul>
        <p>The interface is described at <a href="/docs">/docs</a> and <a href="/redoc">/redoc</a>.</p>
        </main>
        </body>
        </html>
        """;
}
