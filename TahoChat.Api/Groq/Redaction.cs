using TahoChat.ServiceDefaults.Logging;

namespace TahoChat.Api.Groq;

/// <summary>Makes the provider's own text fit for a log.</summary>
internal static class Redaction
{
    private const int LongestText = 500;

    /// <summary>The text in one line without keys and organisation ids, and cut to 500 characters.</summary>
    public static string Redact(string? text, string? apiKey)
    {
        var safe = new Redactor([apiKey]).Line(text);
        if (safe.Length <= LongestText) return safe;
        return string.Concat(safe.AsSpan(0, char.IsHighSurrogate(safe[LongestText - 1]) ? LongestText - 1 : LongestText), "…");
    }
}
