using System.Globalization;

namespace TahoChat.GroqEmulator.Directives;

/// <summary>A reply that a test knows byte for byte.</summary>
internal abstract record FixedReply
{
    private FixedReply()
    {
    }

    /// <summary>The value of the <c>reply</c> directive: <c>count:N</c> or <c>echo</c>; null for anything else.</summary>
    public static FixedReply? Parse(string value)
    {
        if (value == "echo") return new Echo();
        return value.StartsWith("count:", StringComparison.Ordinal)
            && int.TryParse(value.AsSpan("count:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && last is > 0 and <= 1_000_000
                ? new Count(last)
                : null;
    }

    /// <summary>This text.</summary>
    public sealed record Text(string Content) : FixedReply;

    /// <summary>The last user message without its directives.</summary>
    public sealed record Echo : FixedReply;

    /// <summary><c>1 2 3 … Last </c>: each number and the space after it is one token.</summary>
    public sealed record Count(int Last) : FixedReply;
}
