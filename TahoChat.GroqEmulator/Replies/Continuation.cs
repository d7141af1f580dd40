using TahoChat.GroqEmulator.Completions;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>A request for the rest of a reply that was broken off: its last messages are what came of the reply, and a user who
/// asks to continue it.</summary>
/// <param name="Messages">The messages up to the one that the reply answers.</param>
/// <param name="Kept">What came of the reply.</param>
internal sealed record Continuation(IReadOnlyList<RequestMessage> Messages, string Kept)
{
    public static Continuation? Of(IReadOnlyList<RequestMessage> messages)
    {
        if (messages.Count < 3 || messages[^1] is not { Role: "user", Text: var asks } || messages[^2] is not { Role: "assistant", Text: var kept })
            return null;
        return asks.StartsWith("Continue your reply", StringComparison.OrdinalIgnoreCase) ? new Continuation([.. messages.SkipLast(2)], kept) : null;
    }

    /// <summary>What is left of a reply of which <see cref="Kept"/> came; another reply is left whole.</summary>
    public IReadOnlyList<string> RestOf(IReadOnlyList<string> tokens)
    {
        var position = 0;
        for (var index = 0; index < tokens.Count; index++)
        {
            var matches = Math.Min(tokens[index].Length, Kept.Length - position);
            if (string.CompareOrdinal(tokens[index], 0, Kept, position, matches) != 0) return tokens;
            position += matches;
            if (position == Kept.Length) return [tokens[index][matches..], .. tokens.Skip(index + 1)];
        }

        return [];
    }
}
