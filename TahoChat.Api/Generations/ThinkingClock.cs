using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>Measures how long a model thought: from each piece of reasoning that follows none to the content, the tool call or
/// the end after it, added up.</summary>
internal sealed class ThinkingClock(TimeProvider time)
{
    private TimeSpan? _before;
    private long? _since;

    /// <summary>So far; null where there was no reasoning.</summary>
    public TimeSpan? Elapsed => _since is { } since ? (_before ?? default) + time.GetElapsedTime(since) : _before;

    /// <summary>This came.</summary>
    public void Take(GroqDeltaKind kind)
    {
        if (kind == GroqDeltaKind.Reasoning) _since ??= time.GetTimestamp();
        else (_before, _since) = (Elapsed, null);
    }
}
