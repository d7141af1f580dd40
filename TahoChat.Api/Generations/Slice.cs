namespace TahoChat.Api.Generations;

/// <summary>How much of a generation a watcher has: offsets into its two texts, in UTF-16 code units, and the number of
/// its steps.</summary>
public readonly record struct Cursor(int Reasoning, int Content, int Steps = 0);

/// <summary>What a watcher takes: the text and steps after its cursor, and the end once there is nothing after it.</summary>
/// <param name="From">Where the texts belong.</param>
/// <param name="Reasoning">New reasoning; may be empty.</param>
/// <param name="Content">New content; may be empty.</param>
/// <param name="End">How the generation ended; only in the last slice.</param>
public readonly record struct Slice(Cursor From, string Reasoning, string Content, GenerationEnd? End)
{
    /// <summary>The cursor of a watcher that took this slice.</summary>
    public Cursor Next => new(From.Reasoning + Reasoning.Length, From.Content + Content.Length, From.Steps + Steps.Count);

    /// <summary>What happened beside the text; mostly empty.</summary>
    public IReadOnlyList<GenerationStep> Steps { get; init; } = [];

    public bool IsEmpty => Reasoning.Length == 0 && Content.Length == 0 && Steps.Count == 0;
}
