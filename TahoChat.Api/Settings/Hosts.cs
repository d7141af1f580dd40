using System.Net;

namespace TahoChat.Api.Settings;

/// <summary>Names of hosts, as addresses and headers have them.</summary>
public static class Hosts
{
    /// <summary>Whether a host without brackets is this machine: <c>localhost</c>, any 127.0.0.0/8, <c>::1</c>.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary><c>[::1]</c> as <c>::1</c>; everything else unchanged.</summary>
    public static string WithoutBrackets(string host) =>
        host.Length > 2 && host[0] == '[' && host[^1] == ']' ? host[1..^1] : host;

    /// <summary>The host of a <c>host[:port]</c>, lower case and without brackets, or null where it is not one.</summary>
    public static string? Of(string? authority)
    {
        if (string.IsNullOrEmpty(authority)) return null;
        var end = authority[0] == '[' ? authority.IndexOf(']', StringComparison.Ordinal) + 1 : authority.IndexOf(':', StringComparison.Ordinal);
        if (end < 0) end = authority.Length;
        var (host, port) = (authority[..end], authority[end..]);
        var portIsGood = port.Length == 0 || (port[0] == ':' && ushort.TryParse(port.AsSpan(1), System.Globalization.NumberStyles.None, null, out _));
        if (!portIsGood || host.Length == 0) return null;
        var isName = host[0] == '['
            ? IPAddress.TryParse(WithoutBrackets(host), out _)
            : host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
        return isName ? WithoutBrackets(host).ToLowerInvariant() : null;
    }
}
