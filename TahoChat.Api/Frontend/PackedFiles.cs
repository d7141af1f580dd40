using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace TahoChat.Api.Frontend;

/// <summary>Scripts and styles that the build packed beside themselves, as <c>name.js.br</c> (Brotli, RFC 7932, its slowest
/// level): smaller by far than what can be packed while a browser waits, and no work for the server.</summary>
internal static class PackedFiles
{
    private const string Suffix = ".br";

    private static readonly PathString _folder = new("/_next/static");

    /// <summary>Leads a request for a file to the packed one, where there is one and the browser can unpack it.</summary>
    public static void Choose(HttpRequest request, IFileProvider files)
    {
        if (!request.Path.StartsWithSegments(_folder, StringComparison.Ordinal) || !Takes(request)) return;
        var packed = request.Path.Value + Suffix;
        if (files.GetFileInfo(packed).Exists) request.Path = packed;
    }

    /// <summary>Says of a packed file what is in it.</summary>
    public static void Describe(StaticFileResponseContext file, IContentTypeProvider types)
    {
        if (!file.Context.Request.Path.StartsWithSegments(_folder, StringComparison.Ordinal)) return;
        var response = file.Context.Response;
        response.Headers.Vary = "Accept-Encoding";
        if (!file.File.Name.EndsWith(Suffix, StringComparison.Ordinal)) return;
        response.Headers.ContentEncoding = "br";
        if (types.TryGetContentType(file.File.Name[..^Suffix.Length], out var type)) response.ContentType = type;
    }

    // Parts of a packed file are of no use to who asks for parts of the file.
    private static bool Takes(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Range.Count == 0
        && request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality != 0);
}
