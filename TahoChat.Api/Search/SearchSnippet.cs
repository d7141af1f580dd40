using System.Text;

namespace TahoChat.Api.Search;

/// <summary>A stretch of a snippet's text that was looked for, in UTF-16 units.</summary>
public sealed record SnippetMark(int Start, int Length);

/// <summary>A piece of a message around what was looked for, on one line; <c>…</c> where it was cut.</summary>
public sealed record SearchSnippet(string Text, IReadOnlyList<SnippetMark> Marks)
{
    /// <summary>Characters of the text, about.</summary>
    private const int Length = 200;

    /// <summary>Characters before the first mark, about.</summary>
    private const int Before = 48;

    /// <summary>How far a cut looks for the end of a word.</summary>
    private const int Slack = 16;

    /// <summary>The stretch that has the most terms, and of those the most places; the first such.</summary>
    internal static SearchSnippet Of(string text, IReadOnlyList<SearchPlace> places)
    {
        var first = Best(places);
        var begin = places.Count == 0 ? 0 : WordStart(text, Math.Max(0, places[first].Start - Before));
        var end = WordEnd(text, Math.Min(text.Length, Math.Max(begin + Length, places.Count == 0 ? 0 : places[first].End)));
        return Cut(text, begin, end, places.Skip(first).Where(place => place.End <= end));
    }

    private static int Best(IReadOnlyList<SearchPlace> places)
    {
        var (best, bestScore) = (0, (-1, -1));
        for (var i = 0; i < places.Count; i++)
        {
            var (terms, count) = (0UL, 0);
            for (var j = i; j < places.Count && places[j].End <= places[i].Start + Length - Before; j++)
            {
                terms |= 1UL << places[j].Term;
                count++;
            }

            var score = (System.Numerics.BitOperations.PopCount(terms), count);
            if (score.CompareTo(bestScore) > 0) (best, bestScore) = (i, score);
        }

        return best;
    }

    private static int WordStart(string text, int at)
    {
        for (var back = at; back > Math.Max(0, at - Slack); back--)
            if (char.IsWhiteSpace(text[back - 1])) return back;
        return at > Slack && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at <= Slack ? 0 : at;
    }

    private static int WordEnd(string text, int at)
    {
        for (var on = at; on < Math.Min(text.Length, at + Slack); on++)
            if (char.IsWhiteSpace(text[on])) return on;
        return text.Length - at <= Slack ? text.Length : char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private static SearchSnippet Cut(string text, int begin, int end, IEnumerable<SearchPlace> places)
    {
        var cut = new StringBuilder(begin > 0 ? "…" : "");
        var marks = new List<SnippetMark>();
        var at = begin;
        foreach (var place in places)
        {
            // One that lies in the last one is marked already.
            if (place.Start < at) continue;
            Append(cut, text.AsSpan(at, place.Start - at));
            var start = cut.Length;
            Append(cut, text.AsSpan(place.Start, place.End - place.Start));
            if (cut.Length > start) marks.Add(new SnippetMark(start, cut.Length - start));
            at = place.End;
        }

        Append(cut, text.AsSpan(at, end - at));
        if (cut.Length > 0 && cut[^1] == ' ') cut.Length--;
        return new SearchSnippet(cut.Append(end < text.Length ? "…" : "").ToString(), marks);
    }

    /// <summary>With one space in the place of each run of white space and control characters.</summary>
    private static void Append(StringBuilder cut, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && !char.IsControl(character)) cut.Append(character);
            else if (cut.Length > 0 && cut[^1] is not ' ' and not '…') cut.Append(' ');
        }
    }
}
