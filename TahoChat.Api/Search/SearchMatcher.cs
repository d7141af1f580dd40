namespace TahoChat.Api.Search;

/// <summary>A place in a text, in UTF-16 units.</summary>
internal readonly record struct SearchPlace(int Term, int Start, int End);

/// <summary>Where the terms of a search are in a text.</summary>
/// <param name="Places">The first of them, in the order of the text.</param>
/// <param name="Counts">How often each term is there.</param>
/// <param name="Whole">Which terms are there as whole words, and not only as beginnings of some.</param>
/// <param name="Length">The text's words.</param>
/// <param name="Span">The words of the shortest stretch that has all terms; null where none has.</param>
internal sealed record SearchMatches(IReadOnlyList<SearchPlace> Places, int[] Counts, bool[] Whole, int Length, int? Span)
{
    public bool HasAll => Array.TrueForAll(Counts, count => count > 0);
}

/// <summary>Finds the terms of a search in texts, by the same words as the index.</summary>
internal sealed class SearchMatcher(SearchWords words)
{
    /// <summary>Places that are kept of one text.</summary>
    private const int MostPlaces = 200;

    private readonly SearchTerm[] _terms = [.. words.Terms];

    public SearchMatches Find(string text)
    {
        var places = new List<SearchPlace>();
        var (counts, whole, last) = (new int[_terms.Length], new bool[_terms.Length], new int[_terms.Length]);
        // Bit i of a term's state: its first i + 1 words are the last ones that were read.
        var states = new uint[_terms.Length];
        var starts = new int[SearchWords.MaxTokens];
        var (at, span) = (0, int.MaxValue);
        var tokens = new SearchTokens(text);
        for (; tokens.MoveNext(); at++)
        {
            starts[at % starts.Length] = tokens.Start;
            for (var number = 0; number < _terms.Length; number++)
            {
                var term = _terms[number];
                states[number] = Step(term, states[number], tokens.Current);
                if ((states[number] & (1u << (term.Tokens.Count - 1))) == 0) continue;
                if (counts[number]++ == 0 || places.Count < MostPlaces)
                    places.Add(new SearchPlace(number, starts[(at - term.Tokens.Count + 1) % starts.Length], tokens.End));
                whole[number] |= tokens.Current.SequenceEqual(term.Tokens[^1]);
                last[number] = at + 1;
                span = Math.Min(span, SpanOf(last, at));
            }
        }

        places.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : left.End.CompareTo(right.End));
        return new SearchMatches(places, counts, whole, at, span == int.MaxValue ? null : span);
    }

    private static uint Step(SearchTerm term, uint state, ReadOnlySpan<char> word)
    {
        var next = 0u;
        for (var i = 0; i < term.Tokens.Count; i++)
        {
            if (i > 0 && (state & (1u << (i - 1))) == 0) continue;
            var token = term.Tokens[i];
            var fits = term.IsPrefix && i == term.Tokens.Count - 1 ? word.StartsWith(token) : word.SequenceEqual(token);
            if (fits) next |= 1u << i;
        }

        return next;
    }

    /// <summary>From the term that was seen longest ago to here.</summary>
    private static int SpanOf(int[] last, int at)
    {
        var oldest = int.MaxValue;
        foreach (var seen in last) oldest = Math.Min(oldest, seen);
        return oldest == 0 ? int.MaxValue : at + 2 - oldest;
    }
}
