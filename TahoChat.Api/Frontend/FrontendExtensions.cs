using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace TahoChat.Api.Frontend;

/// <summary>The exported frontend, from this server's own port.</summary>
public static class FrontendExtensions
{
    private const string NotFoundPage = "404.html";

    /// <summary>Compression of the frontend's files; answers of the interface are not compressed, since some hold
    /// secrets beside text that others choose.</summary>
    public static void AddFrontend(this WebApplicationBuilder builder) =>
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/manifest+json"];
        });

    /// <summary>Serves the export at <c>/</c>: pages with and without their trailing slash, files, its 404 page to people who
    /// follow a wrong link. Without an export <c>/</c> says how to get one. What an endpoint answers is left to it.</summary>
    public static void UseFrontend(this WebApplication app) =>
        app.UseFrontend(FrontendFolder.Find(app.Environment.ContentRootPath));

    internal static void UseFrontend(this WebApplication app, string? folder)
    {
        if (folder is null)
        {
            app.MapGet("/", MissingFrontendPage.ShowAsync).ExcludeFromDescription();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        var policies = new ExportPolicies();
        app.UseWhen(context => context.GetEndpoint() is null, branch => branch.UseResponseCompression());
        app.Use(next => context => WithNotFoundPageAsync(context, next, files.GetFileInfo(NotFoundPage), policies));
        app.Use(next => context =>
        {
            if (context.GetEndpoint() is null) PackedFiles.Choose(context.Request, files);
            return next(context);
        });
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        var types = ContentTypes();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = types,
            OnPrepareResponse = file =>
            {
                SetCaching(file);
                PackedFiles.Describe(file, types);
                file.Context.Response.Headers.ContentSecurityPolicy = policies.Of(file.File);
            },
        });
    }

    private static async Task WithNotFoundPageAsync(HttpContext context, RequestDelegate next, IFileInfo page, ExportPolicies policies)
    {
        await next(context);
        var response = context.Response;
        if (response.StatusCode is not StatusCodes.Status404NotFound || response.HasStarted) return;
        if (context.GetEndpoint() is not null || !page.Exists || !IsNavigation(context.Request)) return;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = policies.Of(page);
        await response.SendFileAsync(page, context.RequestAborted);
    }

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // The names of files under _next/static change with their content.
    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers[HeaderNames.CacheControl] =
            file.Context.Request.Path.StartsWithSegments("/_next/static", StringComparison.Ordinal)
                ? "public, max-age=31536000, immutable"
                : "no-cache";

    private static FileExtensionContentTypeProvider ContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".html"] = "text/html; charset=utf-8";
        types.Mappings[".txt"] = "text/plain; charset=utf-8";
        types.Mappings[".js"] = "text/javascript; charset=utf-8";
        types.Mappings[".webmanifest"] = "application/manifest+json";
        types.Mappings[".br"] = "application/octet-stream";
        types.Mappings[".map"] = "application/json";
        return types;
    }
}
