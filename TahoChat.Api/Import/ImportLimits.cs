namespace TahoChat.Api.Import;

/// <summary>The caps on what is imported, all of them; <c>docs/export-format.md</c> lists them.</summary>
public sealed record ImportLimits
{
    /// <summary>Nesting of the JSON: other programs write a reply within the message that it follows.</summary>
    public const int JsonDepth = 4096;

    /// <summary>Bytes of a zip's entry that are taken however well they are packed.</summary>
    public const int Unasked = 1024 * 1024;

    /// <summary>How many times smaller than it is an entry may be packed beyond that.</summary>
    public const int Ratio = 100;

    /// <summary>Bytes of a zip's own directory.</summary>
    public const int Directory = 32 * 1024 * 1024;

    /// <summary>Bytes of UTF-8 in one message, reasoning and content together: as many as a reply has at most.</summary>
    public const int Message = Generations.Limits.Reply;

    /// <summary>Bytes of the file.</summary>
    public long File { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Bytes of all that is in a zip.</summary>
    public long Unpacked { get; init; } = 4096L * 1024 * 1024;

    /// <summary>Files in a zip.</summary>
    public int Entries { get; init; } = 200_000;

    /// <summary>How long the check of a database may take.</summary>
    public TimeSpan Check { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of one conversation's JSON, which is in memory as a whole.</summary>
    public int Conversation { get; init; } = 128 * 1024 * 1024;
}
