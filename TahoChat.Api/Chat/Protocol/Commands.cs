using TahoChat.Api.Tools;

namespace TahoChat.Api.Chat.Protocol;

/// <summary>A frame from a client, as it came: every field of every command. <see cref="ToCommand"/> says which one it is.</summary>
public sealed record ClientFrame
{
    public string? Type { get; init; }

    public string? Message { get; init; }

    public long? ConversationId { get; init; }

    public string? ClientMessageId { get; init; }

    public long? ParentId { get; init; }

    public string? Model { get; init; }

    public string? ReasoningEffort { get; init; }

    public string? SystemPrompt { get; init; }

    public double? Temperature { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public IReadOnlyList<long>? AttachmentIds { get; init; }

    public string? Traceparent { get; init; }

    public long? MessageId { get; init; }

    public long? Revision { get; init; }

    public int? Offset { get; init; }

    public int? ReasoningOffset { get; init; }

    public string? ToolCallId { get; init; }

    public string? Decision { get; init; }

    /// <summary>Whether it is a send that says nothing beyond the classic protocol.</summary>
    public bool IsClassic =>
        this is
        {
            Type: null, ClientMessageId: null, ParentId: null, AttachmentIds: null, Model: null, ReasoningEffort: null, Traceparent: null,
            SystemPrompt: null, Temperature: null, MaxCompletionTokens: null,
        };

    /// <summary>The command, or null where a field that it needs is missing or its type is unknown.</summary>
    public Command? ToCommand() => Type switch
    {
        null or "send" => new SendCommand(this),
        "watch" => new WatchCommand(ConversationId, Revision ?? 0, MessageId, Offset ?? 0, ReasoningOffset ?? 0),
        "unwatch" => new UnwatchCommand(ConversationId),
        "stop" when ConversationId is { } id => new StopCommand(id, MessageId),
        "regenerate" or "continue" when ConversationId is not null && MessageId is { } message =>
            new ReplyCommand(this, message, Continues: Type == "continue"),
        "edit" when ConversationId is not null && MessageId is { } message => new EditCommand(this, message),
        "select" when ConversationId is { } id && MessageId is { } message => new SelectCommand(id, message),
        "remove" when ConversationId is { } id && MessageId is { } message => new RemoveCommand(id, message),
        "resume" when ConversationId is { } id => new ResumeCommand(id),
        "tool" when ConversationId is { } id && MessageId is { } message && ToolCallId is { } call && ToDecision() is { } decision =>
            new ToolCommand(id, message, call, decision),
        "ping" => new PingCommand(),
        _ => null,
    };

    private ToolDecision? ToDecision() => Decision switch
    {
        "allow" => ToolDecision.Allow,
        "always" => ToolDecision.Always,
        "refuse" => ToolDecision.Refuse,
        _ => null,
    };
}

/// <summary>What a client asks for.</summary>
public abstract record Command;

/// <summary>Answer this message.</summary>
public sealed record SendCommand(ClientFrame Frame) : Command;

/// <summary>Tell me what happens in a conversation, or in the list, from where I am.</summary>
public sealed record WatchCommand(long? ConversationId, long Revision, long? MessageId, int Offset, int ReasoningOffset) : Command;

/// <summary>Tell me no more.</summary>
public sealed record UnwatchCommand(long? ConversationId) : Command;

/// <summary>End the growing reply and keep what came.</summary>
public sealed record StopCommand(long ConversationId, long? MessageId) : Command;

/// <summary>Try another reply to the same message, or go on with one that was broken off.</summary>
public sealed record ReplyCommand(ClientFrame Frame, long MessageId, bool Continues) : Command;

/// <summary>Answer other words in the place of a message.</summary>
public sealed record EditCommand(ClientFrame Frame, long MessageId) : Command;

/// <summary>Show the branch that leads through a message.</summary>
public sealed record SelectCommand(long ConversationId, long MessageId) : Command;

/// <summary>Take a message that waits out of the queue.</summary>
public sealed record RemoveCommand(long ConversationId, long MessageId) : Command;

/// <summary>Let a paused queue go on.</summary>
public sealed record ResumeCommand(long ConversationId) : Command;

/// <summary>Let a tool call that asks run, or do not.</summary>
public sealed record ToolCommand(long ConversationId, long MessageId, string ToolCallId, ToolDecision Decision) : Command;

/// <summary>Are you there?</summary>
public sealed record PingCommand : Command;
