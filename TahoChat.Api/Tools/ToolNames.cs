using System.Security.Cryptography;
using System.Text;

namespace TahoChat.Api.Tools;

/// <summary>Names on the wire: <c>server__tool</c>, of at most 64 letters, digits, <c>_</c> and <c>-</c>.</summary>
internal static class ToolNames
{
    public const int Longest = 64;

    /// <summary>A name for each tool of a server, in their order, no two alike. A server's name holds no <c>__</c> and ends
    /// with none, so those of two servers differ too.</summary>
    public static IEnumerable<string> Unique(string server, IEnumerable<string> tools)
    {
        var given = new HashSet<string>();
        foreach (var tool in tools)
        {
            var name = Of(server, tool);
            for (var next = 2; !given.Add(name); next++) name = Of(server, $"{tool}#{next}");
            yield return name;
        }
    }

    /// <summary>A name that had to be changed or cut ends with a hash of the tool's own.</summary>
    private static string Of(string server, string tool)
    {
        var whole = $"{server}__{tool}";
        var fit = string.Concat(whole.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        if (fit == whole && fit.Length <= Longest) return fit;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..8];
        return $"{fit[..Math.Min(fit.Length, Longest - hash.Length - 1)]}_{hash}";
    }
}
