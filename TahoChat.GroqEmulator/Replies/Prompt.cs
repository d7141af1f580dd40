using System.Text.RegularExpressions;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Images;
using TahoChat.GroqEmulator.Tools;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>What the user wants, as far as it can be read from the wording.</summary>
/// <param name="Text">The last user message.</param>
/// <param name="Previous">The user message before it, or null.</param>
/// <param name="Turn">1 for the conversation's first user message.</param>
/// <param name="Images">Images in the last user message.</param>
/// <param name="Rounds">How many replies have called tools since the last user message.</param>
/// <param name="Results">What came of the calls of the latest of these replies.</param>
internal sealed partial record Prompt(
    string Text,
    string? Previous,
    int Turn,
    IReadOnlyList<RequestImage> Images,
    bool AsksForTitle,
    int Rounds,
    IReadOnlyList<ToolResult> Results)
{
    private const int LongestQuote = 90;

    public static Prompt From(IReadOnlyList<RequestMessage> messages)
    {
        var fromUser = messages.Where(message => message.Role == "user").ToList();
        var instructions = messages.Where(message => message.Role is "system" or "developer").Select(message => message.Text);
        var last = fromUser.LastOrDefault();
        return new Prompt(
            last?.Text.Trim() ?? "",
            fromUser.Count > 1 ? fromUser[^2].Text.Trim() : null,
            Math.Max(1, fromUser.Count),
            last?.Images ?? [],
            TitleRequest().IsMatch(string.Join('\n', instructions)),
            Since(messages).Count(message => message.Calls.Count > 0),
            ReadResults(messages));
    }

    private static IEnumerable<RequestMessage> Since(IReadOnlyList<RequestMessage> messages) =>
        messages.Reverse().TakeWhile(message => message.Role != "user").Reverse();

    private static IReadOnlyList<ToolResult> ReadResults(IReadOnlyList<RequestMessage> messages)
    {
        var names = messages.SelectMany(message => message.Calls).DistinctBy(call => call.Id).ToDictionary(call => call.Id, call => call.Name);
        return
        [
            .. messages.Reverse().TakeWhile(message => message.Role == "tool").Reverse()
                .Select(message => new ToolResult(names.GetValueOrDefault(message.ToolCallId!) ?? message.ToolCallId!, message.Text)),
        ];
    }

    /// <summary>What the message is about, in a few of its own words.</summary>
    public string Topic => TopicFinder.Topic(Text);

    public bool IsGreeting => Text.Length < 40 && Greeting().IsMatch(Text);

    public bool IsThanks => Text.Length < 60 && Thanks().IsMatch(Text);

    public bool IsQuestion => Text.TrimEnd().EndsWith('?') || QuestionWord().IsMatch(Text);

    public bool Mentions(Regex words) => words.IsMatch(Text);

    /// <summary>A message on one line, shortened, with the signs of markdown escaped.</summary>
    public static string Quote(string message) => MarkdownSigns().Replace(Shorten(message), @"\$0");

    /// <summary>A message on one line, shortened.</summary>
    public static string Shorten(string message)
    {
        var line = WhiteSpace().Replace(message, " ").Trim();
        if (line.Length <= LongestQuote) return line;
        var end = char.IsHighSurrogate(line[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return line[..end].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\btitles?\b", RegexOptions.IgnoreCase)]
    private static partial Regex TitleRequest();

    [GeneratedRegex(@"^\W*(hello|hi|hey|hiya|good (morning|afternoon|evening)|greetings|bonjour|salut|hallo|guten (tag|morgen|abend)|hola|buenos días|こんにちは|你好)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^\W*(thanks|thank you|thx|cheers|merci|danke|gracias|ありがとう)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\W*(who|what|when|where|why|which|how|is|are|was|were|do|does|did|can|could|should|would|will)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex QuestionWord();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"[`*_~<>\[\]|$\\]")]
    private static partial Regex MarkdownSigns();
}
