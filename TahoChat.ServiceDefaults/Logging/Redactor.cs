using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TahoChat.ServiceDefaults.Logging;

/// <summary>What must not be in a log beside what looks like a key.</summary>
public sealed class RedactionOptions
{
    /// <summary>The secrets that are configured, word by word.</summary>
    public IList<string> Secrets { get; } = [];
}

/// <summary>Makes text of any origin fit for a log: no keys, passwords and organisation ids, and no character that moves a
/// terminal's cursor, begins a line or turns the direction of writing around.</summary>
public sealed partial class Redactor(IEnumerable<string?> secrets)
{
    /// <summary>In the place of a configured secret.</summary>
    public const string Secret = "[secret]";

    /// <summary>In the place of what looks like one.</summary>
    public const string Redacted = "[redacted]";

    // Shorter ones are found in ordinary words.
    private const int ShortestSecret = 4;

    // The longest first: one may begin with another.
    private readonly string[] _secrets = [.. secrets
        .OfType<string>().Select(secret => secret.Trim()).Where(secret => secret.Length >= ShortestSecret)
        .Distinct().OrderByDescending(secret => secret.Length)];

    /// <summary>The text in one line, every control and formatting character as <c>\u001b</c>.</summary>
    public string Line(string? text) => Escape(Hide(text), keepLines: false);

    /// <summary>The text with its line breaks and tabs, such as a stack trace.</summary>
    public string Lines(string? text) => Escape(Hide(text), keepLines: true);

    /// <summary>A value of a log line: numbers, times and the like as they are, everything else as a redacted text.</summary>
    public object? Value(object? value) => value switch
    {
        null => null,
        string text => Line(text),
        TimeSpan or DateTimeOffset or Guid => value,
        _ when Type.GetTypeCode(value.GetType()) is not TypeCode.Object => value,
        System.Collections.IEnumerable list => Line(string.Join(", ", list.Cast<object?>())),
        _ => Line(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The exception itself where nothing of it is to be hidden, else what it says as a redacted text.</summary>
    public Exception? Exception(Exception? exception)
    {
        if (exception is null) return null;
        var told = exception.ToString();
        var safe = Lines(told);
        return safe == told ? exception : new RedactedException(Line(exception.Message), safe);
    }

    private string Hide(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        foreach (var secret in _secrets) text = text.Replace(secret, Secret, StringComparison.OrdinalIgnoreCase);
        return LooksSecret().Replace(text, match => match.Groups["name"].Value + Redacted);
    }

    private static string Escape(string text, bool keepLines)
    {
        var safe = new StringBuilder(text.Length);
        var changed = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune) || (keepLines && rune.Value is '\n' or '\t'))
            {
                safe.Append(rune);
            }
            else
            {
                changed = true;
                safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
        }

        return changed ? safe.ToString() : text;
    }

    // Half a surrogate pair comes as U+FFFD.
    private static bool IsPlain(Rune rune) => rune.Value is >= ' ' and <= '~' || (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    // Keys of Groq, OpenAI, Anthropic, Google, GitHub and AWS, organisations and projects of the first two, JSON web tokens, what
    // follows Bearer or Basic, the user in an address, the token in that of a shared conversation, and the value of what is named key,
    // token, secret or password.
    [GeneratedRegex(
        """
        \b(?:org|gsk|sk|proj|project|xai|hf|pk|rk)[_-][A-Za-z0-9_-]{3,}
        |\bAIza[A-Za-z0-9_-]{20,}|\bgh[a-z]_[A-Za-z0-9]{20,}|\bgithub_pat_\w+|\bAKIA[A-Z0-9]{12,}
        |\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?
        |(?<name>\b(?:Bearer|Basic)\s+)[^\s"',;]{4,}
        |(?<name>://)[^\s/@:]*:[^\s/@]+(?=@)
        |(?<name>/s/)[A-Za-z0-9_-]{22}(?![\w-])
        |(?<name>\b(?:x-)?(?:api[_-]?key|access[_-]?token|refresh[_-]?token|client[_-]?secret|password|passwd|authorization|set-cookie|cookie)\b["']?\s*[=:]\s*["']?)(?!\s*(?:Bearer|Basic)\b)[^\s"',;&}]{2,}
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LooksSecret();

    /// <summary>Stands for an exception that quotes a secret; what it was is in the text.</summary>
    private sealed class RedactedException(string message, string text) : Exception(message)
    {
        public override string ToString() => text;
    }
}
