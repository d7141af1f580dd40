using TahoChat.Api.Conversations;

namespace TahoChat.Api.Generations;

/// <summary>A command that begins a reply.</summary>
/// <param name="OwnerId">Whose rows it reads and writes.</param>
/// <param name="Client">Who is counted against the caps.</param>
public abstract record TurnRequest(string OwnerId, string Client)
{
    /// <summary>Where it belongs; null in a send that opens a new conversation.</summary>
    public long? ConversationId { get; init; }

    /// <summary>The client's own name for the command: what makes it happen once.</summary>
    public string? ClientMessageId { get; init; }

    /// <summary>The model asked for; null for the default.</summary>
    public string? Model { get; init; }

    public string? ReasoningEffort { get; init; }

    /// <summary>Whether the client can answer a tool call that asks; where not, only tools that need no leave are offered.</summary>
    public bool MayAsk { get; init; }

    /// <summary>W3C trace context of the client's span.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether the request that brought the command is answered by the reply, and not only acknowledged.</summary>
    public bool AwaitsReply { get; init; }

    /// <summary>What it is called in a trace.</summary>
    internal abstract string Kind { get; }

    /// <summary>What it says, but for where it went and its trace: the same for the same command.</summary>
    internal abstract object?[] Body { get; }
}

/// <summary>Answer <paramref name="Message"/>; <see cref="ParentId"/> null follows the conversation's head.</summary>
public sealed record SendRequest(string OwnerId, string Client, string Message) : TurnRequest(OwnerId, Client)
{
    public long? ParentId { get; init; }

    /// <summary>What goes with it, by the ids of <c>POST /attachments</c>.</summary>
    public IReadOnlyList<long>? AttachmentIds { get; init; }

    /// <summary>Of a conversation that it opens; one that exists keeps its own.</summary>
    public ReplySettings Settings { get; init; } = new();

    internal override string Kind => "send";

    // A body without attachments or settings is hashed as it was before there were any.
    internal override object?[] Body =>
    [
        Message, ParentId, Model, ReasoningEffort,
        .. AttachmentIds is { Count: > 0 } ? [AttachmentIds] : Array.Empty<object?>(),
        .. Settings.IsEmpty ? Array.Empty<object?>() : ["settings", Settings.SystemPrompt, Settings.Temperature, Settings.MaxCompletionTokens],
    ];
}

/// <summary>Answer <paramref name="Message"/> in the place of the user's message <paramref name="MessageId"/>.</summary>
public sealed record EditRequest(string OwnerId, string Client, long MessageId, string Message) : TurnRequest(OwnerId, Client)
{
    /// <summary>What goes with it; null keeps what the other message has, empty nothing of it.</summary>
    public IReadOnlyList<long>? AttachmentIds { get; init; }

    internal override string Kind => "edit";

    internal override object?[] Body => AttachmentIds is not null
        ? ["edit", MessageId, Message, Model, ReasoningEffort, AttachmentIds]
        : ["edit", MessageId, Message, Model, ReasoningEffort];
}

/// <summary>Another attempt at the reply <paramref name="MessageId"/>, or at the one to that user's message; with
/// <paramref name="Continues"/> it begins with what that reply kept.</summary>
public sealed record ReplyRequest(string OwnerId, string Client, long MessageId, bool Continues) : TurnRequest(OwnerId, Client)
{
    internal override string Kind => Continues ? "continue" : "regenerate";

    internal override object?[] Body => [Kind, MessageId, Model, ReasoningEffort];
}
