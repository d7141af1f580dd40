namespace TahoChat.Api.Generations;

/// <summary>A reply that grows or waits in this process, and what its runner needs to know beside it.</summary>
/// <param name="client">Who is counted against the caps.</param>
/// <param name="sentAt">The command's timestamp of the time provider.</param>
/// <param name="restoredFrom">Of a reply that waited when the server ended: when it was made.</param>
internal sealed class TurnEntry(
    Generation generation, string client, string? reasoningEffort, bool mayAsk, long sentAt, DateTime? restoredFrom = null)
{
    private bool _counted;
    private bool _ended;

    public Generation Generation => generation;

    public string Client => client;

    public string? ReasoningEffort => reasoningEffort;

    /// <summary>Whether somebody is there who could answer a tool call that asks.</summary>
    public bool MayAsk => mayAsk;

    public long SentAt => sentAt;

    public DateTime? RestoredFrom => restoredFrom;

    /// <summary>What began it.</summary>
    public string Kind { get; init; } = "send";

    /// <summary>What it is made from; null where that is to be read.</summary>
    public ReplyContext? Given { get; init; }

    /// <summary>Whether it had to wait behind another reply.</summary>
    public bool IsQueued { get; init; }

    /// <summary>How long it waited behind another reply; null where it did not, or waits still.</summary>
    public TimeSpan? Waited { get; set; }

    public Task? Run { get; set; }

    /// <summary>Counts it against its client's growing replies; false where it is counted.</summary>
    public bool TryCount() => !Interlocked.Exchange(ref _counted, true);

    public bool TryUncount() => Interlocked.Exchange(ref _counted, false);

    /// <summary>True for the first end, which is the one that counts.</summary>
    public bool TryEnd() => !Interlocked.Exchange(ref _ended, true);
}
