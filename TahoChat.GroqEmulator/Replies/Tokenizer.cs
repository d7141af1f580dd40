namespace TahoChat.GroqEmulator.Replies;

/// <summary>Cuts text into pieces as long as a model's tokens; a surrogate pair is never split.</summary>
internal sealed class Tokenizer(int shortest, int longest, int seed)
{
    public int Longest => longest;

    /// <summary>The pieces; joined they are the text. The same seed cuts the same text at the same places.</summary>
    public IReadOnlyList<string> Split(string text)
    {
        var random = new Random(seed);
        var pieces = new List<string>(text.Length / shortest + 1);
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + random.Next(shortest, longest + 1));
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end])) end++;
            pieces.Add(text[start..end]);
            start = end;
        }

        return pieces;
    }
}
