using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Groq;

/// <summary>Takes out of a provider's error what it quotes of the conversation: some answer a request that they do not take with
/// the whole of it.</summary>
internal static partial class Quotation
{
    private const string Mark = "[quoted]";

    /// <summary>So many units in a row that are in a message too are a quotation; of a shorter message, all of it.</summary>
    private const int Shortest = 12;

    /// <summary>A shorter message says nothing, and its letters are in every error.</summary>
    private const int ShortestMessage = 4;

    /// <summary>No more of an error is looked at, or logged.</summary>
    private const int LongestText = 2000;

    /// <summary>The text without what is in the request's messages, escaped as in JSON or not.</summary>
    public static string? Without(string? text, GroqRequest? request)
    {
        if (string.IsNullOrEmpty(text) || request is null) return text;
        var plain = Escape().Replace(text.Length > LongestText ? text[..LongestText] : text, Unescape);
        var quoted = new bool[plain.Length];
        var texts = request.Messages.SelectMany(message => (message.ToolCalls ?? []).Select(call => call.Arguments).Prepend(message.Content));
        var windows = Windows(plain);
        foreach (var said in texts) Find(said.Trim(), plain, windows, quoted);
        return Cut(plain, quoted);
    }

    private static Dictionary<string, List<int>> Windows(string text)
    {
        var windows = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var start = 0; start + Shortest <= text.Length; start++)
        {
            var window = text.Substring(start, Shortest);
            if (windows.TryGetValue(window, out var starts)) starts.Add(start);
            else windows[window] = [start];
        }

        return windows;
    }

    // Once over the message, whatever its length: a conversation may have a megabyte.
    private static void Find(string said, string text, Dictionary<string, List<int>> windows, bool[] quoted)
    {
        if (said.Length < Shortest)
        {
            if (said.Length < ShortestMessage) return;
            for (var at = text.IndexOf(said, StringComparison.Ordinal); at >= 0; at = text.IndexOf(said, at + 1, StringComparison.Ordinal))
                Array.Fill(quoted, true, at, said.Length);
            return;
        }

        var lookup = windows.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start + Shortest <= said.Length; start++)
        {
            if (!lookup.TryGetValue(said.AsSpan(start, Shortest), out var places)) continue;
            foreach (var place in places) Array.Fill(quoted, true, place, Shortest);
        }
    }

    private static string Cut(string text, bool[] quoted)
    {
        var rest = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (!quoted[at]) rest.Append(text[at]);
            else if (at == 0 || !quoted[at - 1]) rest.Append(Mark);
        }

        return rest.ToString();
    }

    private static string Unescape(Match match) => match.Groups["code"] is { Success: true } code
        ? ((char)int.Parse(code.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : match.Groups["letter"].Value switch { "n" => "\n", "r" => "\r", "t" => "\t", var other => other };

    [GeneratedRegex("""\\(?:u(?<code>[0-9a-fA-F]{4})|(?<letter>[nrt"'\\/]))""", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
