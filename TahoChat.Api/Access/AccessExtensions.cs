using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;
using TahoChat.Api.Conversations;
using TahoChat.Api.Errors;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Access;

/// <summary>How one comes in.</summary>
/// <param name="Password">Whether a password is set: then <c>POST /sign-out</c> ends a sign-in.</param>
/// <param name="Shares">Whether conversations can be shared (<c>SHARES</c>).</param>
public sealed record AccessResponse(bool Password, bool Shares);

/// <summary>Who may come in: host names, origins and, where one is set, the password.</summary>
public static class AccessExtensions
{
    private const int AttemptsPerMinute = 10;

    /// <summary>The services of <see cref="UseAccess"/>; those of signing in only where a password is set.</summary>
    public static void AddAccess(this WebApplicationBuilder builder, AccessSettings settings)
    {
        var origins = new OriginPolicy(settings);
        builder.Services.AddSingleton(origins);
        builder.Services.AddSingleton(new EntryRules(settings, origins));
        builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origins.Allows)
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(ConversationApi.RevisionHeader, PageCursor.Header, "Retry-After")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        if (settings.Password is { } password) builder.AddSignIn(settings, new PasswordCheck(password), origins);
    }

    /// <summary>Asks every request, in this order: the host, the origin, the sign-in.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var rules = app.Services.GetRequiredService<EntryRules>();
        app.Use(next => context => SecurityHeaders.AddAsync(context, next));
        app.Use(next => context => rules.CheckHostAsync(context, next));
        app.Use(next => context => rules.CheckOriginAsync(context, next));
        app.UseCors();
        var signIn = app.Services.GetService<SignIn>();
        var shares = app.Services.GetService<ShareSettings>() is { On: true };
        app.MapGet("/access", () => new AccessResponse(signIn is not null, shares))
            .WithTags("Service").WithSummary("Whether there is a sign-in that can be ended, and whether conversations can be shared");
        if (signIn is null) return;

        app.UseAuthentication();
        app.Use(next => context => SignIn.GuardAsync(context, next));
        app.UseRateLimiter();
        signIn.Map(app);
    }

    private static void AddSignIn(this WebApplicationBuilder builder, AccessSettings settings, PasswordCheck check, OriginPolicy origins)
    {
        var signIn = new SignIn(check, origins);
        builder.Services.AddSingleton(signIn);
        builder.Services.AddDataProtection()
            .SetApplicationName("TahoChat")
            .PersistKeysToFileSystem(OwnFolder(settings.KeysFolder));
        // It warns at every first start that keys lie unencrypted on disk; the folder is the owner's alone.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddAuthentication(PasswordCheck.Scheme).AddCookie(PasswordCheck.Scheme, options => Configure(options, check));
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignIn.LimitPolicy, context => RateLimitPartition.GetFixedWindowLimiter(
                PartitionOf(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) }));
            options.OnRejected = (rejected, cancellationToken) => new ValueTask(RejectAsync(rejected, signIn, cancellationToken));
        });
    }

    private static void Configure(CookieAuthenticationOptions options, PasswordCheck check)
    {
        options.Cookie.Name = "taho-sign-in";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = async context =>
        {
            if (check.IsStillRight(context.Principal)) return;
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(PasswordCheck.Scheme);
        };
    }

    private static Task RejectAsync(OnRejectedContext rejected, SignIn signIn, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            context.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
        return context.Request.Path.Value is SignIn.Path
            ? signIn.ShowTooManyAsync(context)
            : Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, detail: null, cancellationToken);
    }

    // Whoever has one IPv6 address has the other 2^64 of its network.
    internal static string PartitionOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static DirectoryInfo OwnFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
