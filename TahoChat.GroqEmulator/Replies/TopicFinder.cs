using System.Text.RegularExpressions;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>Finds the words that a message is about.</summary>
internal static partial class TopicFinder
{
    private const int MostWords = 6;
    private const int LongestWord = 24;

    private static readonly HashSet<string> _fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "and", "are", "as", "at", "about", "all", "also", "any", "be", "been", "but", "by", "can", "could", "did", "do",
        "does", "every", "everything", "explain", "for", "from", "give", "has", "have", "hello", "help", "hey", "hi", "how", "i", "i'd",
        "i'm", "if", "in", "into", "is", "it", "its", "it's", "just", "let", "like", "make", "me", "my", "need", "of", "on", "or", "our",
        "please", "show", "so", "some", "tell", "that", "the", "their", "them", "then", "there", "these", "this", "those", "to", "us",
        "use", "using", "want", "was", "we", "were", "what", "what's", "when", "where", "which", "who", "why", "will", "with", "would",
        "write", "you", "your", "user", "assistant", "title", "english", "french", "german", "spanish", "japanese",
    };

    /// <summary>Words that ask for a form; what the text is about are the others.</summary>
    private static readonly HashSet<string> _forms = new(StringComparer.OrdinalIgnoreCase)
    {
        "article", "bullet", "checklist", "code", "diagram", "equation", "essay", "example", "flowchart", "formula", "haiku", "heading",
        "headings", "latex", "list", "lists", "long", "markdown", "math", "maths", "mermaid", "poem", "quotation", "quote", "short",
        "something", "story", "table", "tables", "task", "tasks", "text",
    };

    /// <summary>The significant words, at most six, each one once.</summary>
    public static IReadOnlyList<string> Words(string text) =>
    [
        .. Word().Matches(text).Select(match => match.Value)
            .Where(word => word.Any(char.IsLetter) && !_fillers.Contains(word))
            .Select(word => word.Length <= LongestWord ? word : Shorten(word))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostWords),
    ];

    /// <summary>The words in a row, or "your message" where there are none.</summary>
    public static string Topic(string text)
    {
        var words = Words(text).Where(word => !_forms.Contains(word)).Take(4).ToList();
        return words.Count > 0 ? string.Join(' ', words) : "your message";
    }

    private static string Shorten(string word) => word[..(char.IsHighSurrogate(word[LongestWord - 1]) ? LongestWord - 1 : LongestWord)];

    [GeneratedRegex(@"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’.+#-]*[\p{L}\p{M}\p{N}+#])?")]
    private static partial Regex Word();
}
