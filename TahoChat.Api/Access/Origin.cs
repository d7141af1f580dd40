using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Access;

/// <summary>A web origin: scheme (http or https), host in lower case (IPv6 in brackets), port.</summary>
public sealed partial record Origin(string Scheme, string Host, int Port)
{
    /// <summary>Reads <c>scheme://host[:port]</c> and nothing else: no path, no name, no <c>null</c>, no <c>*</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        if (text is null || !Form().IsMatch(text) || !Uri.TryCreate(text, UriKind.Absolute, out var address)) return false;
        origin = new Origin(address.Scheme, address.Host, address.Port);
        return true;
    }

    /// <summary>Reads an origin.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static Origin Parse(string text) =>
        TryParse(text, out var origin) ? origin : throw new FormatException($"'{text}' is not an origin.");

    /// <summary>Whether both are the same place; the names of this machine are the same name.</summary>
    public bool IsSameAs(Origin other) =>
        Scheme == other.Scheme && Port == other.Port && (Host == other.Host || (IsLoopback && other.IsLoopback));

    /// <summary>As a browser writes it, without the scheme's default port.</summary>
    public override string ToString() =>
        Port == (Scheme is "https" ? 443 : 80) ? $"{Scheme}://{Host}" : $"{Scheme}://{Host}:{Port}";

    private bool IsLoopback => Hosts.IsLoopback(Hosts.WithoutBrackets(Host));

    [GeneratedRegex(@"\Ahttps?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
