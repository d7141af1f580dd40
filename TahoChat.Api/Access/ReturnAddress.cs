namespace TahoChat.Api.Access;

/// <summary>Where a person goes after signing in.</summary>
internal static class ReturnAddress
{
    private static readonly Uri _here = new("http://here.invalid");

    /// <summary>The address as given where it is a path of this server or a page of an allowed origin, else <c>/</c>; always
    /// fit for a <c>Location</c> header.</summary>
    public static string Choose(string? wanted, OriginPolicy origins)
    {
        if (string.IsNullOrEmpty(wanted) || wanted.Contains('\\', StringComparison.Ordinal) || wanted.Any(char.IsControl)) return "/";
        return wanted[0] == '/' ? Local(wanted) : Remote(wanted, origins);
    }

    // Browsers take two slashes for another host, also after the dots of "/.//host" are resolved.
    private static string Local(string wanted)
    {
        if (!Uri.TryCreate(_here, wanted, out var address) || address.Host != _here.Host || !address.IsDefaultPort) return "/";
        var path = PathOf(address);
        return wanted.StartsWith("//", StringComparison.Ordinal) || path.StartsWith("//", StringComparison.Ordinal) ? "/" : path;
    }

    private static string Remote(string wanted, OriginPolicy origins) =>
        Uri.TryCreate(wanted, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && !wanted.Contains('@', StringComparison.Ordinal)
        && Origin.TryParse(address.GetLeftPart(UriPartial.Authority), out var origin)
        && origins.Allows(origin.ToString())
            ? origin + PathOf(address)
            : "/";

    private static string PathOf(Uri address) =>
        address.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
}
