namespace TahoChat.Api.Search;

/// <summary>A candidate that has all terms, and how well it fits.</summary>
internal sealed record RankedHit(SearchCandidate Candidate, SearchMatches Matches, double Score);

/// <summary>Orders candidates as BM25 does, by how often the words are there for the text's length; words that are near each other, whole
/// words, words of the title and newer messages count more. How rare a word is cannot tell: every candidate has all of them.</summary>
internal static class SearchRanking
{
    /// <summary>BM25's usual weights of repetition and of length.</summary>
    private const double Repetition = 1.2;

    private const double OfLength = 0.75;
    private const double NearWeight = 1;
    private const double WholeWeight = 0.3;
    private const double TitleWeight = 0.4;
    private const double NewWeight = 0.6;

    /// <summary>After which a message counts as half as new.</summary>
    private static readonly TimeSpan _halfLife = TimeSpan.FromDays(90);

    /// <summary>The best first; of two as good, the one that comes first. A candidate that the index has under words that are no longer in it is left out.</summary>
    public static List<RankedHit> Rank(SearchMatcher matcher, IReadOnlyList<SearchCandidate> candidates)
    {
        var found = candidates.Select(candidate => (Candidate: candidate, Matches: matcher.Find(candidate.Text))).Where(hit => hit.Matches.HasAll).ToList();
        if (found.Count == 0) return [];
        var length = Math.Max(1, found.Average(hit => hit.Matches.Length));
        var newest = found.Max(hit => hit.Candidate.CreatedAt);
        var titles = new Dictionary<long, double>();
        return [.. found
            .Select(hit => new RankedHit(hit.Candidate, hit.Matches, Score(hit.Matches, length) + TitleScore(matcher, hit.Candidate, titles)
                + (NewWeight * Math.Pow(0.5, (newest - hit.Candidate.CreatedAt) / _halfLife))))
            .OrderByDescending(hit => hit.Score)];
    }

    private static double Score(SearchMatches matches, double average)
    {
        var dampened = Repetition * (1 - OfLength + (OfLength * matches.Length / average));
        var words = matches.Counts.Average(count => count * (Repetition + 1) / (count + dampened));
        var whole = matches.Whole.Average(isWhole => isWhole ? 1.0 : 0);
        var apart = matches.Counts.Length > 1 && matches.Span is { } span ? Math.Max(0, span - matches.Counts.Length) : 0;
        return words + (WholeWeight * whole) + (NearWeight / (1 + (apart / 4.0)));
    }

    private static double TitleScore(SearchMatcher matcher, SearchCandidate candidate, Dictionary<long, double> titles)
    {
        if (titles.TryGetValue(candidate.ConversationId, out var score)) return score;
        return titles[candidate.ConversationId] = TitleWeight * matcher.Find(candidate.Title).Counts.Average(count => count > 0 ? 1.0 : 0);
    }
}
