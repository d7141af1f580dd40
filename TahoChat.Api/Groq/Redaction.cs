using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Groq;

/// <summary>Makes the provider's own text fit for a log.</summary>
internal static partial class Redaction
{
    private const int LongestText = 500;
    private const int ShortestKey = 4;

    /// <summary>The text without keys and organisation ids, without control characters, and cut to 500 characters.</summary>
    public static string Redact(string? text, string? apiKey)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (apiKey is { Length: >= ShortestKey }) text = text.Replace(apiKey, "[key]", StringComparison.OrdinalIgnoreCase);
        text = Secrets().Replace(text, "[redacted]");

        var safe = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, LongestText)))
        {
            if (char.IsControl(character) || char.IsSurrogate(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                safe.Append(character);
            }
        }

        return text.Length > LongestText ? safe.Append('…').ToString() : safe.ToString();
    }

    [GeneratedRegex(@"\b(?:org|gsk|sk|project)[_-][A-Za-z0-9_-]+|Bearer\s+\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
