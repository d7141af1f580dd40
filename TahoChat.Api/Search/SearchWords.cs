namespace TahoChat.Api.Search;

/// <summary>Words that have to follow each other.</summary>
/// <param name="Tokens">At least one, as <see cref="SearchTokens"/> gives them.</param>
/// <param name="IsPrefix">Whether the last of them may go on.</param>
internal sealed record SearchTerm(IReadOnlyList<string> Tokens, bool IsPrefix);

/// <summary>What a person typed: every term has to be in a message. Any text is one; what has no word in it asks for nothing.</summary>
internal sealed record SearchWords(IReadOnlyList<SearchTerm> Terms)
{
    /// <summary>Terms that count; those behind them are left out.</summary>
    public const int MaxTerms = 16;

    /// <summary>Words of one term that count.</summary>
    public const int MaxTokens = 32;

    /// <summary>Letters that a beginning of a word has at least: with fewer it stands for itself.</summary>
    private const int ShortestPrefix = 2;

    private static readonly char[] _quotes = ['"', '“', '”', '„', '«', '»', '「', '」'];

    /// <summary>Words between quotes are asked for as they stand; of the others the last one, which may be half typed, and each one
    /// with a star behind it as a beginning. A text without spaces (日本語, or well-known) is a phrase.</summary>
    public static SearchWords Parse(string text)
    {
        var terms = new List<SearchTerm>();
        for (var at = 0; at < text.Length && terms.Count < MaxTerms;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var quoted = Array.IndexOf(_quotes, text[at]) >= 0;
            var start = quoted ? at + 1 : at;
            var end = quoted ? EndOfQuote(text, start) : EndOfWord(text, start);
            var typing = end == text.Length;
            var starred = !quoted && end > start && text[end - 1] == '*';
            Add(terms, text.AsSpan(start, end - start), typing || starred);
            at = quoted ? end + 1 : end;
        }

        return new SearchWords(terms);
    }

    private static void Add(List<SearchTerm> terms, ReadOnlySpan<char> text, bool mayGoOn)
    {
        var tokens = new List<string>();
        var words = new SearchTokens(text);
        var goesOn = mayGoOn;
        while (words.MoveNext())
        {
            if (tokens.Count == MaxTokens)
            {
                goesOn = false;
                break;
            }

            tokens.Add(words.Current.ToString());
            goesOn = mayGoOn && !words.IsAlone && words.Current.Length is >= ShortestPrefix and < SearchTokens.MaxLength;
        }

        if (tokens.Count == 0) return;
        var term = new SearchTerm(tokens, goesOn);
        if (!terms.Exists(other => other.IsPrefix == term.IsPrefix && other.Tokens.SequenceEqual(term.Tokens))) terms.Add(term);
    }

    private static int EndOfQuote(string text, int start) => text.IndexOfAny(_quotes, start) is var end and >= 0 ? end : text.Length;

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && Array.IndexOf(_quotes, text[end]) < 0) end++;
        return end;
    }
}
