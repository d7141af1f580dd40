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

    private const string Logo =
        """<svg width="44" height="44" viewBox="0 0 44 44" fill="none" aria-hidden="true"><rect width="44" height="44" rx="12" fill="var(--accent)"/><path d="M12 15.5A3.5 3.5 0 0 1 15.500 12h13a3.500 3.500 0 0 1 3.500 3.500v8a3.500 3.500 0 0 1-3.500 3.500H21l-6 5v-5.030a3.500 3.500 0 0 1-3-3.470z" fill="#fff"/></svg>""";

    private const string Style = """
        :root{--back:#f6f7f9;--card:#fff;--text:#14171c;--soft:#57606c;--line:#c3c9d2;--accent:#2f5bd8;--bad:#b3261e}
        @media (prefers-color-scheme:dark){:root{--back:#0f1114;--card:#181b20;--text:#eceef1;--soft:#a3abb7;--line:#4a525e;--accent:#3f6be6;--bad:#ff8a80}}
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
