using Microsoft.Extensions.Primitives;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Access;

/// <summary>Decides which pages may call this server.</summary>
public sealed class OriginPolicy(AccessSettings settings)
{
    /// <summary>The origins besides the server's own.</summary>
    public IReadOnlyList<Origin> Origins => settings.Origins;

    /// <summary>Whether an origin is one of those that are set.</summary>
    public bool Allows(string? text) =>
        Origin.TryParse(text, out var origin) && settings.Origins.Any(origin.IsSameAs);

    /// <summary>Whether the page that a request comes from may have it done. Its <c>Origin</c> has to be the server's own
    /// (of this very request; its host is on the list by now) or one of those that are set. Without one, programs and plain
    /// navigations pass, and a browser that calls the request cross-site does not.</summary>
    public bool Allows(HttpRequest request)
    {
        var given = request.Headers.Origin;
        return given.Count switch
        {
            0 => !IsFromElsewhere(request.Headers["Sec-Fetch-Site"]),
            1 => Allows(given[0]) || IsOwn(request, given[0]),
            _ => false,
        };
    }

    private static bool IsOwn(HttpRequest request, string? text) =>
        Origin.TryParse(text, out var origin)
        && Origin.TryParse($"{request.Scheme}://{request.Host.Value}", out var own)
        && origin.IsSameAs(own);

    private static bool IsFromElsewhere(StringValues sites) =>
        sites.Any(site => site is not null && !(site is "same-origin" or "none"));
}
