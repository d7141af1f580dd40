namespace TahoChat.Api.Tools;

/// <summary>The bounds of what tools may do; <c>docs/tools.md</c> lists what happens beyond each.</summary>
public sealed record ToolLimits
{
    /// <summary>Tools that a request offers: Groq takes no more.</summary>
    public const int Offered = 128;

    /// <summary>Calls that a model may make at once.</summary>
    public const int AtOnce = 16;

    /// <summary>Bytes of UTF-8 in a call's arguments.</summary>
    public const int Arguments = 64 * 1024;

    /// <summary>Bytes of UTF-8 in a result.</summary>
    public const int Result = 64 * 1024;

    /// <summary>How often a model may call tools in one reply.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>How long a call may take.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call waits for the person's leave; then it is refused.</summary>
    public TimeSpan Asking { get; init; } = TimeSpan.FromMinutes(10);
}
