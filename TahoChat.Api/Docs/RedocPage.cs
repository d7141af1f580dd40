using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using TahoChat.Api.Frontend;

namespace TahoChat.Api.Docs;

/// <summary>ReDoc from its package's script, without what that loads from elsewhere: a logo, icons, usage reports; and
/// without the font of the package's own page.</summary>
internal sealed partial class RedocPage(string documentPath)
{
    /// <summary>Where the script is.</summary>
    public const string ScriptPath = "/redoc/redoc.standalone.js";

    private const string ResourceSuffix = ".redoc.standalone.js";

    private readonly Lazy<byte[]> _script = new(() => Compress(WithoutOtherHosts(ReadPackagedScript())));

    public Task ShowAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        var page = Page();
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy.OfScriptedPage(page);
        return context.Response.WriteAsync(page, context.RequestAborted);
    }

    public async Task SendScriptAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/javascript; charset=utf-8";
        response.Headers.CacheControl = "public, max-age=3600";
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = _script.Value.Length;
            await response.Body.WriteAsync(_script.Value, context.RequestAborted);
            return;
        }

        await using var plain = new GZipStream(new MemoryStream(_script.Value), CompressionMode.Decompress);
        await plain.CopyToAsync(response.Body, context.RequestAborted);
    }

    private string Page() => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <title>TahoChat API</title>
        <style>body { margin: 0; font-family: system-ui, sans-serif; }</style>
        </head>
        <body>
        <div id="redoc"></div>
        <script type="module">
        import { init } from '{{ScriptPath}}';
        const font = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
        init('{{documentPath}}', {
          disableTelemetry: true,
          theme: { typography: { fontFamily: font, headings: { fontFamily: font } } },
        }, document.getElementById('redoc'));
        </script>
        </body>
        </html>
        """;

    // Addresses that the script would load from become empty ones; its name stands where its logo was.
    private static string WithoutOtherHosts(string script) =>
        LoadedFrom().Replace(script, "data:,").Replace("`API docs by`", "`API docs by ReDoc`", StringComparison.Ordinal);

    private static string ReadPackagedScript()
    {
        var assembly = typeof(ReDocBuilderExtensions).Assembly;
        var name = assembly.GetManifestResourceNames().Single(candidate => candidate.EndsWith(ResourceSuffix, StringComparison.Ordinal));
        using var packed = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static byte[] Compress(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    [GeneratedRegex("""https://(?:cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com)[^`'"\s)]*""", RegexOptions.CultureInvariant)]
    private static partial Regex LoadedFrom();
}
