namespace TahoChat.Api.Search;

/// <summary>The index behind the search. What a database brings for it is in the one class that implements this.</summary>
internal interface IMessageSearch
{
    /// <summary>The newest messages that match, newest first, beginning below the id <paramref name="before"/>. Texts are read one at a time:
    /// whoever has enough stops asking.</summary>
    IEnumerable<SearchCandidate> Messages(SearchQuestion question, long before, int limit, CancellationToken cancellationToken);

    /// <summary>The newest conversations whose titles match.</summary>
    IEnumerable<SearchCandidate> Titles(SearchQuestion question, int limit, CancellationToken cancellationToken);

    /// <summary>How far the index is.</summary>
    Task<SearchState> StateAsync(CancellationToken cancellationToken);

    /// <summary>Makes sure that every change reaches the index; whatever may have been missed is indexed anew.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Empties the index, and has everything indexed anew.</summary>
    Task RebuildAsync(CancellationToken cancellationToken);

    /// <summary>Indexes some of what waits, the newest first; false where nothing did.</summary>
    Task<bool> IndexSomeAsync(CancellationToken cancellationToken);
}
