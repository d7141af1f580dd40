using Microsoft.Net.Http.Headers;
using TahoChat.Api.Attachments;

namespace TahoChat.Api.Export;

/// <summary>Names of files that are made of titles: of one line, without a path, taken by every file system.</summary>
internal static class ExportName
{
    private const int Longest = 100;

    private static readonly HashSet<string> _devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(number => (string[])[$"COM{number}", $"LPT{number}"])],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What a title is as a file's name.</summary>
    /// <param name="ending">With its dot.</param>
    public static string Of(string title, string ending)
    {
        var letters = title.Select(letter => letter is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '-' : letter);
        var name = AttachmentName.Clean(string.Concat(letters), "conversation");
        if (name.Length > Longest) name = name[..(char.IsHighSurrogate(name[Longest - 1]) ? Longest - 1 : Longest)];
        // A dot at the start hides a file, one at the end Windows drops.
        name = name.Trim(' ', '.', '-');
        if (name.Length == 0) name = "conversation";
        var stem = name.Split('.')[0].TrimEnd();
        return (_devices.Contains(stem) ? $"_{name}" : name) + ending;
    }

    /// <summary>RFC 6266: the name in ASCII, and as it is in UTF-8.</summary>
    public static string Disposition(string name)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        header.SetHttpFileName(name);
        return header.ToString();
    }
}
