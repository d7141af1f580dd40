using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>The one thing the emulator really knows: sums of two numbers and the like.</summary>
internal static partial class Arithmetic
{
    /// <summary>The first sum in the text with its result in bold; null where there is none.</summary>
    public static string? Answer(string text)
    {
        var match = Sum().Match(text);
        if (!match.Success) return null;
        var (left, right) = (Number(match.Groups[1].Value), Number(match.Groups[3].Value));
        var sign = match.Groups[2].Value;
        if (sign is "/" or "÷" && right == 0) return null;
        var result = sign switch
        {
            "+" => left + right,
            "-" or "−" => left - right,
            "/" or "÷" => left / right,
            _ => left * right,
        };
        var printed = sign is "*" or "x" ? "×" : sign;
        return string.Create(CultureInfo.InvariantCulture, $"{left} {printed} {right} = **{result:0.######}**");
    }

    private static readonly SearchValues<char> _signs = SearchValues.Create("+*×^%( ");

    /// <summary>The first thing in the text that can be counted, of any length: <c>(2 + 3) * 4</c>; null where there is none.</summary>
    public static string? Expression(string text) =>
        Formula().Matches(text).Select(match => match.Value.Trim()).FirstOrDefault(IsFormula);

    /// <summary>A date or a telephone number looks much like a difference.</summary>
    private static bool IsFormula(string text) => Sum().IsMatch(text) || (Two().IsMatch(text) && text.AsSpan().ContainsAny(_signs));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])[(\s]*\d[\d.]*(?:[()\s]*[-+*×÷/^%−x]+[()\s]*\d[\d.]*)+[)]*(?![\w])")]
    private static partial Regex Formula();

    [GeneratedRegex(@"\d\s*[)]?\s*[-+*×÷/^%−]\s*[(]?\s*\d")]
    private static partial Regex Two();

    [GeneratedRegex(@"(?<![\w.,/-])(\d{1,9}(?:\.\d{1,6})?)\s*([+*×x÷/−-])\s*(\d{1,9}(?:\.\d{1,6})?)(?![\w/-])")]
    private static partial Regex Sum();
}
