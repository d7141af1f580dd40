namespace TahoChat.Api.Generations;

/// <summary>What a reply does at a time, by our clock.</summary>
public enum PhaseKind
{
    /// <summary>Ours: from the command's arrival to its turn being durable in the database, for a command that does not wait to the
    /// hand-over to the runner.</summary>
    Saving,

    /// <summary>It waits behind another reply of its conversation, a pause of the queue included.</summary>
    Waiting,

    /// <summary>Ours: reading the history, offering the tools, writing the request.</summary>
    Preparing,

    /// <summary>A request of which nothing came, from its sending to the next one's, the pause between them included; of the last one to the
    /// reply's failure.</summary>
    Attempt,

    /// <summary>From a request's sending to its first text; where it brought none (tool calls alone), to its end. The provider's queue and
    /// prompt times lie in it, as do the ways there and back.</summary>
    Request,

    /// <summary>The provider's reasoning comes.</summary>
    Reasoning,

    /// <summary>The provider's content comes, up to the end of its answer.</summary>
    Writing,

    /// <summary>Tools run, the wait for a person's leave included.</summary>
    Tools,

    /// <summary>Ours: from the end of the provider's answer to the reply's end being handed over to be saved. The saving itself is not in the
    /// row that it writes.</summary>
    Finishing,
}

/// <summary>A stretch of a reply's time, in seconds. <see cref="PhaseKind.Request"/> carries what the provider says of that request: its own
/// measurements, which need not fit into ours; null where it says nothing.</summary>
public sealed record ReceiptPhase
{
    public required PhaseKind Kind { get; init; }

    public required double Seconds { get; init; }

    public double? QueueTime { get; init; }

    public double? PromptTime { get; init; }

    public double? CompletionTime { get; init; }
}
