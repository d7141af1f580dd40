namespace TahoChat.GroqEmulator.Page;

/// <summary>The page's own files, inside the program. They load nothing from anywhere else, and may not.</summary>
internal static class PageFiles
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string Name, string MediaType)[] _files =
    [
        ("/emulator/", "index.html", "text/html; charset=utf-8"),
        ("/emulator/page.css", "page.css", "text/css; charset=utf-8"),
        ("/emulator/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    public static void MapPageFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, name, mediaType) in _files)
        {
            var content = Read(name);
            routes.MapGet(path, (HttpContext http) =>
            {
                // Relative names in the page need the slash that routing does not.
                if (name == "index.html" && !http.Request.Path.Value!.EndsWith('/')) return Results.Redirect("/emulator/");
                Protect(http.Response.Headers);
                return Results.Bytes(content, mediaType);
            });
        }
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream($"TahoChat.GroqEmulator.Page.{name}")!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
