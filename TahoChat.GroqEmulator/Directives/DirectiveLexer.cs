using System.Text;
using System.Text.RegularExpressions;

namespace TahoChat.GroqEmulator.Directives;

/// <summary>One <c>name=value</c>, or a bare word, whose <paramref name="Value"/> is null.</summary>
internal readonly record struct DirectiveToken(string Name, string? Value);

/// <summary>Splits directives: <c>fault=503, first=0 echo="two words"</c>. White space, comma, semicolon and ampersand
/// separate; a value in quotes may hold them, and <c>\"</c>, <c>\\</c>, <c>\n</c>; a value in braces is JSON and stays as it
/// is.</summary>
internal static partial class DirectiveLexer
{
    public static IEnumerable<DirectiveToken> Read(string text)
    {
        foreach (Match match in Token().Matches(text))
        {
            var value = match.Groups["quoted"] is { Success: true } quoted ? Unescape(quoted.Value)
                : match.Groups["json"] is { Success: true } json ? json.Value
                : match.Groups["plain"] is { Success: true } plain ? plain.Value
                : null;
            yield return new DirectiveToken(match.Groups["name"].Value, value);
        }
    }

    /// <summary>Takes the first <c>[emulator …]</c> out of a message.</summary>
    public static (string Message, string? Directives) Extract(string message)
    {
        var match = Block().Match(message);
        if (!match.Success) return (message, null);
        return (message.Remove(match.Index, match.Length).Trim(), match.Groups["inside"].Value);
    }

    private static string Unescape(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length) text.Append(quoted[i]);
            else text.Append(quoted[++i] is 'n' ? '\n' : quoted[i]);
        }

        return text.ToString();
    }

    /// <summary>An object in JSON: braces that match, but for those in its strings.</summary>
    private const string Json = """\{(?>(?>"(?:\\.|[^"\\])*"|[^{}"]+|(?<open>\{)|(?<-open>\})){0,4096})(?(open)(?!))\}""";

    private const string Quoted = """
        "(\\.|[^"\\])*"
        """;

    [GeneratedRegex($"""(?<name>[^\s,;&="]+)(=("(?<quoted>(\\.|[^"\\])*)"|(?<json>{Json})|(?<plain>[^\s,;&"]*)))?""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex($"""\[emulator\s+(?<inside>(?>({Quoted}|{Json}|[^\]"])*))\]""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
