using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using TahoChat.Api.Errors;
using TahoChat.Api.Frontend;

namespace TahoChat.Api.Access;

/// <summary>Signing in and out with the server's one password.</summary>
internal sealed class SignIn(PasswordCheck password, OriginPolicy origins)
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/sign-in";

    /// <summary>The address that ends a sign-in.</summary>
    public const string OutPath = "/sign-out";

    /// <summary>The rate limit of attempts.</summary>
    public const string LimitPolicy = "sign-in";

    private const long MostFormBytes = 16 * 1024;

    public void Map(WebApplication app)
    {
        app.MapGet(Path, (HttpContext context) => ShowAsync(context, StatusCodes.Status200OK, null)).ExcludeFromDescription();
        app.MapPost(Path, CheckAsync).RequireRateLimiting(LimitPolicy).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost(OutPath, LeaveAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>Lets in who signed in, and everybody to the few addresses that need it; sends the rest to the page, or a
    /// 401 where no person is looking.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsOpen(context) || context.User.Identity is { IsAuthenticated: true }) return next(context);
        if (!IsNavigation(context.Request))
            return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, $"Sign in at {Path} first.", context.RequestAborted);

        var wanted = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        SeeOther(context.Response, $"{Path}?return={Uri.EscapeDataString(wanted)}");
        return Task.CompletedTask;
    }

    /// <summary>What somebody sees who tried too often.</summary>
    public Task ShowTooManyAsync(HttpContext context) =>
        ShowAsync(context, StatusCodes.Status429TooManyRequests, "Too many attempts. Please wait a minute and try again.");

    /// <summary>Whether a person's browser asks for a page.</summary>
    public static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Upgrade.Count == 0
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static bool IsOpen(HttpContext context) =>
        context.Request.Path.Value is Path or OutPath or "/health" or "/alive"
        || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private async Task CheckAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostFormBytes;
        if (!context.Request.HasFormContentType)
        {
            await Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "A form with the field 'password' is needed.", cancellationToken);
            return;
        }

        if (await ReadAsync(context.Request, cancellationToken) is not { } form)
        {
            await Problems.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "The form cannot be read.", cancellationToken);
            return;
        }

        var wanted = ReturnAddress.Choose(form["return"], origins);
        if (!password.IsRight(form["password"].ToString()))
        {
            await WritePageAsync(context, StatusCodes.Status401Unauthorized, wanted, "That is not the password. Please try again.");
            return;
        }

        await context.SignInAsync(PasswordCheck.Scheme, password.Person(), new AuthenticationProperties { IsPersistent = true });
        SeeOther(context.Response, wanted);
    }

    // The form reader throws either for an encoded NUL, too many fields, a broken multipart.
    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task LeaveAsync(HttpContext context)
    {
        await context.SignOutAsync(PasswordCheck.Scheme);
        SeeOther(context.Response, Path);
    }

    private Task ShowAsync(HttpContext context, int status, string? error) =>
        WritePageAsync(context, status, ReturnAddress.Choose(context.Request.Query["return"], origins), error);

    private Task WritePageAsync(HttpContext context, int status, string returnTo, string? error)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var page = SignInPage.Write(returnTo, error);
        // Chromium holds form-action against the redirect that follows the form too.
        context.Response.Headers.ContentSecurityPolicy =
            ContentPolicy.OfPlainPage(page, string.Join(' ', ["'self'", .. origins.Origins.Select(origin => origin.ToString())]));
        return context.Response.WriteAsync(page, context.RequestAborted);
    }

    private static void SeeOther(HttpResponse response, string address)
    {
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = address;
        response.Headers.CacheControl = "no-store";
    }
}
