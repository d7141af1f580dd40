using System.Text;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>Makes text as long as somebody wants it.</summary>
internal static class Filler
{
    private static readonly string[] _sentences =
    [
        "The lake lies still in the morning, and the far shore seems closer than it is. ",
        "A path runs along the water, through pines that smell of resin, to a small wooden pier. ",
        "Snow stays on the peaks into July; by August the streams are warm enough to wade in. ",
        "At noon the wind picks up and the boats come home with it. ",
        "In the café by the harbour they still write the day's cake on a slate: naïve, crème brûlée, 🍰. ",
        "Someone plays the piano badly and everybody stays. ",
        "A heron stands in the reeds and does not move for an hour. ",
        "The old ferry still has its brass bell, polished every spring by whoever lost the bet. ",
        "Children count the fish from the pier, and never agree. ",
        "When evening comes, the colours change one after the other, as if each waited for its turn. ",
        "Then it is dark, and there are more stars than anyone remembers. ✨\n\n",
    ];

    /// <summary>The text, and sentences after it until it has at least that many characters.</summary>
    /// <param name="first">The sentence to begin with; the others follow in turn.</param>
    public static string Lengthen(string text, int length, int first = 0)
    {
        if (text.Length >= length) return text;
        var longer = new StringBuilder(text, length + 128);
        if (longer.Length > 0) longer.Append("\n\n");
        for (var i = first; longer.Length < length; i++) longer.Append(_sentences[i % _sentences.Length]);
        return longer.ToString();
    }
}
