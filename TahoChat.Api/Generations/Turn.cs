using TahoChat.Api.Conversations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>The rows of a turn: a user's message and its reply.</summary>
public readonly record struct TurnIds(string OwnerId, long ConversationId, long UserMessageId, long ReplyId)
{
    public static TurnIds Of(Message reply) => new(reply.OwnerId, reply.ConversationId, reply.ParentId!.Value, reply.Id);
}

/// <summary>A turn that is in the database.</summary>
/// <param name="Ids">Its rows.</param>
/// <param name="Status">Of the reply: <c>streaming</c> or <c>queued</c>; how it ended where the command was a repeated one.</param>
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

    /// <summary>The reply was there before: the same command came again, or a message that waits was changed.</summary>
    public bool Known { get; init; }

    /// <summary>The reply that grows from now on: this one, or the first of a queue that was paused; null where it waits.</summary>
    public long? Starts { get; init; }

    /// <summary>What the reply begins with, reasoning and content.</summary>
    internal (string Reasoning, string Content) Seed { get; init; } = ("", "");

    /// <summary>The tool calls that it begins with.</summary>
    internal IReadOnlyList<ToolCall>? SeedCalls { get; init; }

    /// <summary>What the reply is made from, where the turn itself tells all of it; else it is read when the reply begins to grow.</summary>
    internal ReplyContext? Given { get; init; }

    /// <summary>The reply as it grows; null where a repeated command's ended before.</summary>
    public Generation? Generation { get; init; }
}

/// <summary>A send's outcome: exactly one of the two is there. A refused send wrote nothing.</summary>
public readonly record struct SendOutcome(Turn? Turn, ChatError? Refusal)
{
    public static implicit operator SendOutcome(Turn turn) => new(turn, null);

    public static implicit operator SendOutcome(ChatError refusal) => new(null, refusal);
}
