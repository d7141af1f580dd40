using TahoChat.Api.Access;

namespace TahoChat.Api.Settings;

/// <summary>Who may come in.</summary>
public sealed record AccessSettings
{
    /// <summary>Host names besides the loopback ones that a request's <c>Host</c> may name: lower case, without port, IPv6
    /// addresses without brackets.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins besides the server's own whose pages may call it.</summary>
    public IReadOnlyList<Origin> Origins { get; init; } = [];

    /// <summary>The password that the sign-in page asks for, at least 8 characters; null: nobody is asked.</summary>
    public string? Password { get; init; }

    /// <summary>Whether everybody who can reach the server is let in without a password.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Absolute path of the folder of the keys that sign-in cookies are protected with.</summary>
    public required string KeysFolder { get; init; }

    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => $"{AllowedHosts.Count} hosts, {Origins.Count} origins, password {(Password is null ? "off" : "on")}";
}
