using System.Text;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Search.Sqlite;

/// <summary>Writes what FTS5 is given: to index, and to match. Both are made of words alone, so that no text of a person is ever syntax.</summary>
internal static class SearchMatch
{
    /// <summary>A text as the index gets it: its words and facts, with spaces between.</summary>
    public static string IndexText(string text, IEnumerable<string> facets)
    {
        var indexed = new StringBuilder(text.Length + 32);
        foreach (var facet in facets) indexed.Append(facet).Append(' ');
        var words = new SearchTokens(text);
        while (words.MoveNext()) indexed.Append(words.Current).Append(' ');
        return indexed.ToString();
    }

    /// <summary>The expression of a question.</summary>
    /// <param name="question">Its filter's facts narrow the search.</param>
    /// <param name="conversations">The only conversations that can have it; null for any.</param>
    public static string Expression(SearchQuestion question, IReadOnlyList<long>? conversations)
    {
        var match = new StringBuilder();
        foreach (var term in question.Words.Terms)
        {
            if (match.Length > 0) match.Append(" AND ");
            match.Append('"').AppendJoin(' ', term.Tokens).Append('"');
            if (term.IsPrefix) match.Append('*');
        }

        var (filter, ownerId) = (question.Filter, question.OwnerId);
        if (filter.Role is MessageRole.System) And(match, [SearchFacets.Role(MessageRole.System)]);
        if (filter.Model is { } model) And(match, [SearchFacets.Model(model)]);
        if (ownerId != Owner.Local) And(match, [SearchFacets.OwnerOf(ownerId)]);
        if (filter.From is not null || filter.Until is not null) And(match, SearchFacets.Times(filter.From, filter.Until));
        if (conversations is not null) And(match, [.. conversations.Select(SearchFacets.Conversation).Distinct()]);
        return match.ToString();
    }

    private static void And(StringBuilder match, List<string> anyOf) =>
        match.Append(" AND (").AppendJoin(" OR ", anyOf.Select(facet => $"\"{facet}\"")).Append(')');
}
