using Microsoft.Net.Http.Headers;

namespace TahoChat.Api.Access;

/// <summary>What a browser is told about every response.</summary>
internal static class SecurityHeaders
{
    /// <summary>Of whatever has none of its own: data runs nothing and loads nothing. Pages and scripts bring theirs.</summary>
    private const string DataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public const string ReferrerPolicy = "Referrer-Policy";

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
        if (!headers.ContainsKey(ReferrerPolicy)) headers[ReferrerPolicy] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        if (!headers.ContainsKey(HeaderNames.ContentSecurityPolicy))
            headers.ContentSecurityPolicy = DataPolicy;
    }
}
