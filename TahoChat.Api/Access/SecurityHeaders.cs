using Microsoft.Net.Http.Headers;

namespace TahoChat.Api.Access;

/// <summary>What a browser is told about every response.</summary>
internal static class SecurityHeaders
{
    // The export has inline scripts on every page, mathematics and diagrams have inline styles.
    private const string PagePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'";

    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The chat records what is spoken; nothing here has a use for the rest.</summary>
    private const string PermissionsPolicy = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";

    // When the response starts, not before: an exception handler clears what was set.
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            Add((HttpResponse)state);
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }

    private static void Add(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        if (!headers.ContainsKey(HeaderNames.ContentSecurityPolicy))
            headers.ContentSecurityPolicy = RunsScripts(response.ContentType) ? PagePolicy : DataPolicy;
    }

    // A worker is ruled by the policy of its own script.
    private static bool RunsScripts(string? type) =>
        type is not null
        && (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || type.Contains("javascript", StringComparison.OrdinalIgnoreCase));
}
