namespace TahoChat.Api.Generations;

/// <summary>How much of a generation a watcher has: offsets into its two texts, in UTF-16 code units.</summary>
public readonly record struct Cursor(int Reasoning, int Content);

/// <summary>What a watcher takes: the text after its cursor, and the end once there is nothing after it.</summary>
/// <param name="From">Where the texts belong.</param>
/// <param name="Reasoning">New reasoning; may be empty.</param>
/// <param name="Content">New content; may be empty.</param>
/// <param name="End">How the generation ended; only in the last slice.</param>
public readonly record struct Slice(Cursor From, string Reasoning, string Content, GenerationEnd? End)
{
    /// <summary>The cursor of a watcher that took this slice.</summary>
    public Cursor Next => new(From.Reasoning + Reasoning.Length, From.Content + Content.Length);

    public bool IsEmpty => Reasoning.Length == 0 && Content.Length == 0;
}
