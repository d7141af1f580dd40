using Microsoft.AspNetCore.Http.Features;
using TahoChat.Api.Errors;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Access;

/// <summary>The two questions that every request is asked before anything else: does it mean this server, and does a page
/// send it that may.</summary>
/// <remarks>A host list is what stops a name that an attacker points at this machine (DNS rebinding); an origin list
/// is what stops pages elsewhere from opening a WebSocket or sending a form.</remarks>
internal sealed class EntryRules(AccessSettings settings, OriginPolicy origins)
{
    private readonly HashSet<string> _hosts = [.. settings.AllowedHosts];

    public Task CheckHostAsync(HttpContext context, RequestDelegate next)
    {
        var header = context.Request.Headers.Host;
        if (header.Count == 1 && Hosts.Of(header[0]) is { } host && (Hosts.IsLoopback(host) || _hosts.Contains(host)))
            return next(context);
        return Problems.WriteAsync(
            context,
            StatusCodes.Status421MisdirectedRequest,
            "This server does not answer to this host name. If it should, add the name to ALLOWED_HOSTS.",
            context.RequestAborted);
    }

    public Task CheckOriginAsync(HttpContext context, RequestDelegate next)
    {
        if (!ChangesSomething(context) || origins.Allows(context.Request)) return next(context);
        return Problems.WriteAsync(
            context,
            StatusCodes.Status403Forbidden,
            "Pages of this origin may not use this server. If they should, add the origin to CORS_ORIGINS.",
            context.RequestAborted);
    }

    // A WebSocket is a GET that no browser holds back.
    private static bool ChangesSomething(HttpContext context)
    {
        var method = context.Request.Method;
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
        return !isSafe || context.Request.Headers.Upgrade.Count > 0
            || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };
    }
}
