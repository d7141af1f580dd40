using System.Text.Encodings.Web;

namespace TahoChat.Api.Access;

/// <summary>The page that asks for the password: one document, no script, nothing from elsewhere.</summary>
internal static class SignInPage
{
    /// <param name="returnTo">Goes along with the form.</param>
    /// <param name="error">A sentence over the field, or null.</param>
    public static string Write(string returnTo, string? error)
    {
        var encode = HtmlEncoder.Default;
        var note = error is null ? "" : $"""<p class="error" id="error" role="alert">{encode.Encode(error)}</p>""";
        var described = error is null ? "" : """ aria-invalid="true" aria-describedby="error" """;
        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <link rel="icon" href="data:,">
            <title>Sign in · TahoChat</title>
            <style>{{Style}}</style>
            </head>
            <body>
            <main>
            {{Logo}}
            <h1>Sign in to TahoChat</h1>
            <form method="post" action="/sign-in">
            <input type="hidden" name="return" value="{{encode.Encode(returnTo)}}">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required autofocus{{described}}>
            {{note}}
            <button type="submit">Sign in</button>
            </form>
            <p class="hint">The password is the one that this server was started with (ACCESS_PASSWORD).</p>
            </main>
            </body>
            </html>
            """;
    }

    // The frontend's own mark, frontend/src/app/icon.svg.
    private const string Logo = """
        <svg width="48" height="48" viewBox="0 0 32 32" aria-hidden="true">
        <path fill="var(--accent)" d="M9 3h14a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6h-8.6l-5.7 4.4A1 1 0 0 1 7 28.6V25a6 6 0 0 1-4-5.7V9a6 6 0 0 1 6-6Z"/>
        <path fill="#fff" d="m6.5 17.5 5.6-7.3a1.2 1.2 0 0 1 1.9 0l2.3 3 1.6-2a1.2 1.2 0 0 1 1.9 0l5.2 6.3Z"/>
        <path fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="1.7" stroke-linecap="round"
        d="M7 20.6c1.8-1 3.6-1 5.4 0s3.6 1 5.4 0 3.6-1 5.4 0l1.8.7"/></svg>
        """;

    private const string Style = """
        :root{--back:#f6f7f9;--card:#fff;--text:#14171c;--soft:#57606c;--line:#c3c9d2;--accent:#0e6f88;--bad:#b3261e}
        @media (prefers-color-scheme:dark){:root{--back:#0f1114;--card:#181b20;--text:#eceef1;--soft:#a3abb7;--line:#4a525e;--accent:#0f7590;--bad:#ff8a80}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:16px;background:var(--back);color:var(--text);
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{width:100%;max-width:380px;padding:32px 28px;background:var(--card);border-radius:18px;border:1px solid color-mix(in srgb,var(--line) 45%,transparent);
        box-shadow:0 12px 40px rgb(0 0 0/.08)}
        h1{margin:18px 0 22px;font-size:1.4rem;line-height:1.25;letter-spacing:-.01em}
        label{display:block;margin-bottom:6px;font-weight:600;font-size:.9rem}
        input[type=password]{width:100%;padding:11px 13px;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:10px}
        input[aria-invalid]{border-color:var(--bad)}
        button{width:100%;margin-top:18px;padding:11px;font:inherit;font-weight:600;color:#fff;background:var(--accent);border:0;border-radius:10px;cursor:pointer}
        button:hover{filter:brightness(1.08)}
        :focus-visible{outline:3px solid color-mix(in srgb,var(--accent) 55%,transparent);outline-offset:2px}
        .error{margin:8px 0 0;color:var(--bad);font-size:.9rem}
        .hint{margin:20px 0 0;color:var(--soft);font-size:.84rem}
        """;
}
