using TahoChat.Api.Conversations;

namespace TahoChat.Api.Generations;

/// <summary>The rows of a turn: a user's message and its reply.</summary>
public readonly record struct TurnIds(string OwnerId, long ConversationId, long UserMessageId, long ReplyId)
{
    public static TurnIds Of(Message reply) => new(reply.OwnerId, reply.ConversationId, reply.ParentId!.Value, reply.Id);
}

/// <summary>What a client asks to be answered. <paramref name="Client"/> names who is counted against the caps;
/// <paramref name="ParentId"/> null follows the conversation's head.</summary>
public sealed record SendRequest(
    string OwnerId,
    string Client,
    string Message,
    long? ConversationId = null,
    string? ClientMessageId = null,
    long? ParentId = null,
    string? Model = null,
    string? ReasoningEffort = null,
    string? TraceParent = null);

/// <summary>Another attempt at the reply <paramref name="MessageId"/>.</summary>
public sealed record RegenerateRequest(
    string OwnerId, string Client, long ConversationId, long MessageId, string? Model = null, string? TraceParent = null);

/// <summary>A turn that is in the database.</summary>
/// <param name="Ids">Its rows.</param>
/// <param name="Status">Of the reply: <c>streaming</c> or <c>queued</c>; how it ended where the send was a repeated one.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="Revision">Of the conversation.</param>
public sealed record Turn(TurnIds Ids, MessageStatus Status, string Model, long Revision)
{
    /// <summary>Why another model answers than was asked for.</summary>
    public string? Notice { get; init; }

    public string? ClientMessageId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>The message followed an older one than the head: it made a branch.</summary>
    public bool Branched { get; init; }

    /// <summary>The same send was accepted before: nothing was written, this is its turn.</summary>
    public bool Repeated { get; init; }

    /// <summary>The reply as it grows; null where a repeated send's ended before.</summary>
    public Generation? Generation { get; init; }
}

/// <summary>A send's outcome: exactly one of the two is there. A refused send wrote nothing.</summary>
public readonly record struct SendOutcome(Turn? Turn, ChatError? Refusal)
{
    public static implicit operator SendOutcome(Turn turn) => new(turn, null);

    public static implicit operator SendOutcome(ChatError refusal) => new(null, refusal);
}
