using System.Globalization;
using System.Text;

namespace TahoChat.Api.Groq;

/// <summary>Makes one short line of a text.</summary>
internal static class TitleText
{
    /// <summary>All white space and control characters as single spaces, trimmed; characters that turn the direction of what
    /// follows are left out. Empty where nothing of it can be seen.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, 1024));
        var seen = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (!TurnsDirection(rune.Value))
            {
                seen |= Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);
                line.Append(rune);
            }
        }

        return seen ? line.ToString().Trim() : "";
    }

    /// <summary>The text, or its beginning and an ellipsis, in at most <paramref name="limit"/> UTF-16 units: cut after the last
    /// word that fits, inside a word only where it fills over half of that, inside a character only where one alone is
    /// longer, and never inside a surrogate pair.</summary>
    public static string Shorten(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var end = 0;
        var endOfWord = 0;
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next >= limit) break;
            end = next;
            if (char.IsWhiteSpace(text[end])) endOfWord = end;
        }

        if (end == 0) end = char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1;
        if (endOfWord >= limit / 2) end = endOfWord;
        return string.Concat(text.AsSpan(0, end).TrimEnd().TrimEnd(",;:-–—"), "…");
    }

    private static bool TurnsDirection(int rune) => rune is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C or 0xFEFF;
}
