using System.Globalization;
using System.Text;

namespace TahoChat.Api.Attachments;

/// <summary>Names of files, made fit to be shown, to be quoted to a model and to stand in a header.</summary>
internal static class AttachmentName
{
    /// <summary>The last part of a path, on one line, without characters that nobody sees, 1 to 255 UTF-16 code units; a name
    /// that is longer keeps its ending. <paramref name="otherwise"/> where nothing is left.</summary>
    public static string Clean(string? given, string otherwise)
    {
        var name = new StringBuilder();
        foreach (var rune in Last(given ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) name.Append(name.Length > 0 && name[^1] != ' ' ? " " : "");
            else if (IsShown(rune)) name.Append(rune);
        }

        var clean = Shorten(name.ToString().Trim(' '));
        return clean.All(letter => letter is '.' or ' ') ? otherwise : clean;
    }

    private static string Last(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>Not those that turn the direction of the text round, have no width, or are no character at all.</summary>
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Shorten(string name)
    {
        if (name.Length <= AttachmentLimits.Name) return name;
        var dot = name.LastIndexOf('.');
        var ending = dot > 0 && name.Length - dot <= 20 ? name[dot..] : "";
        var length = AttachmentLimits.Name - ending.Length;
        if (char.IsHighSurrogate(name[length - 1])) length--;
        return name[..length].TrimEnd() + ending;
    }
}
