using System.Globalization;
using System.Text.Json.Serialization;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Search;

/// <summary>A message that holds the words, or a conversation whose title does.</summary>
/// <param name="MessageId">Null where it is the title.</param>
/// <param name="CreatedAt">Of the message, or of the conversation.</param>
/// <param name="Snippet">Of the message's text, or the title.</param>
public sealed record SearchHit(
    long ConversationId,
    string Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MessageId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageRole? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    DateTime CreatedAt,
    bool Pinned,
    bool Archived,
    SearchSnippet Snippet);

/// <summary>What was found.</summary>
/// <param name="Hits">The best first.</param>
/// <param name="More">What <c>before</c> asks for the hits behind these; null where there are none.</param>
public sealed record SearchResponse(
    IReadOnlyList<SearchHit> Hits, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? More);

/// <summary>A place in what was found.</summary>
/// <param name="Before">Messages below this id are meant.</param>
/// <param name="Skip">How many of the best of them were shown.</param>
internal readonly record struct SearchPosition(long Before, int Skip)
{
    public static SearchPosition First { get; } = new(long.MaxValue, 0);

    /// <summary>Null where it is no position.</summary>
    public static SearchPosition? Parse(string text) => text.Split('.') is [var before, var skip]
        && long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new SearchPosition(id, count)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Before}.{Skip}");
}

/// <summary>Searches: takes the newest matches, ranks those, and shows a page of them.</summary>
internal sealed class SearchReader(IMessageSearch index) : IDisposable
{
    /// <summary>Matches that are ranked with each other. Measured over 1,000,000 messages: reading and ranking 100 of a common word takes
    /// 5 ms, 200 take 8 ms, 1,000 take 40 ms; all of them take seconds.</summary>
    public const int Window = 200;

    /// <summary>Characters of text that are read for one page: after some very long messages, fewer are ranked with each other.</summary>
    private const int MostText = 2 * 1024 * 1024;

    private const int MostTitles = 5;

    /// <summary>Titles that are ranked with each other.</summary>
    private const int TitleWindow = 50;

    /// <summary>Searches at once. One keeps a processor busy, and the others are the chat's.</summary>
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    public void Dispose() => _turns.Dispose();

    public async Task<SearchResponse> FindAsync(SearchQuestion question, SearchPosition position, int limit, CancellationToken cancellationToken)
    {
        if (question.Words.Terms.Count == 0) return new SearchResponse([], null);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return Find(question, position, limit, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private SearchResponse Find(SearchQuestion question, SearchPosition position, int limit, CancellationToken cancellationToken)
    {
        var matcher = new SearchMatcher(question.Words);
        var hits = new List<SearchHit>();
        if (position == SearchPosition.First && !question.Filter.IsOfMessages)
        {
            hits.AddRange(SearchRanking.Rank(matcher, [.. index.Titles(question, TitleWindow, cancellationToken)])
                .Take(Math.Min(MostTitles, limit)).Select(Hit));
        }

        var (candidates, isWhole) = Candidates(question, position.Before, cancellationToken);
        var ranked = SearchRanking.Rank(matcher, candidates);
        var page = ranked.Skip(position.Skip).Take(limit - hits.Count).Select(Hit).ToList();
        hits.AddRange(page);
        var shown = position.Skip + page.Count;
        SearchPosition? more = shown < ranked.Count ? new(candidates[0].MessageId!.Value + 1, shown)
            : isWhole ? null
            : new(candidates[^1].MessageId!.Value, 0);
        return new SearchResponse(hits, more?.ToString());
    }

    /// <summary>The newest matches, and whether they are all.</summary>
    private (List<SearchCandidate> Candidates, bool IsWhole) Candidates(SearchQuestion question, long before, CancellationToken cancellationToken)
    {
        var candidates = new List<SearchCandidate>();
        var length = 0L;
        foreach (var candidate in index.Messages(question, before, Window, cancellationToken))
        {
            candidates.Add(candidate);
            length += candidate.Text.Length;
            if (length >= MostText) return (candidates, false);
        }

        return (candidates, candidates.Count < Window);
    }

    private static SearchHit Hit(RankedHit hit) => new(
        hit.Candidate.ConversationId,
        hit.Candidate.Title,
        hit.Candidate.MessageId,
        hit.Candidate.Role,
        hit.Candidate.Model,
        hit.Candidate.CreatedAt,
        hit.Candidate.Pinned,
        hit.Candidate.Archived,
        SearchSnippet.Of(hit.Candidate.Text, hit.Matches.Places));
}
