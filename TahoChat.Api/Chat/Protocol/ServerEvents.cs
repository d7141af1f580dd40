using System.Text.Json.Serialization;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Chat.Protocol;

/// <summary>An event, server to client. These records are the one place that defines what goes out;
/// <c>docs/protocol.md</c> explains them, and the frontend's types are checked against fixtures made from them.</summary>
[JsonDerivedType(typeof(StreamingEvent))]
[JsonDerivedType(typeof(CompleteEvent))]
[JsonDerivedType(typeof(ErrorEvent))]
[JsonDerivedType(typeof(MessageEvent))]
[JsonDerivedType(typeof(ConversationEvent))]
[JsonDerivedType(typeof(ConversationDeletedEvent))]
[JsonDerivedType(typeof(WatchingEvent))]
[JsonDerivedType(typeof(ResyncEvent))]
[JsonDerivedType(typeof(ResetEvent))]
[JsonDerivedType(typeof(PongEvent))]
public abstract record ServerEvent;

/// <summary>A slice of a growing reply. The first after a send is its acknowledgement and has no text.</summary>
public sealed record StreamingEvent(string Text, long ConversationId, long MessageId, int Offset) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Status => "streaming";

    public string? Reasoning { get; init; }

    public int? ReasoningOffset { get; init; }

    public long? UserMessageId { get; init; }

    public string? ClientMessageId { get; init; }

    public string? Model { get; init; }

    public string? Notice { get; init; }

    public bool? Branched { get; init; }

    public MessageStatus? MessageStatus { get; init; }

    public long? Revision { get; init; }

    public string? TraceId { get; init; }

    /// <summary>A tool call of this reply, new or changed.</summary>
    public ToolCall? ToolCall { get; init; }

    /// <summary>The provider asked to wait; over with the next frame of this reply.</summary>
    public WaitingResponse? Waiting { get; init; }

    /// <summary>A step as a frame without text; null where it is a wait that is over.</summary>
    public static StreamingEvent? From(TurnIds ids, Cursor at, GenerationStep step, DateTimeOffset now)
    {
        var frame = new StreamingEvent("", ids.ConversationId, ids.ReplyId, at.Content);
        return step switch
        {
            ToolCallStep { Call: var call } => frame with { ToolCall = call },
            ModelStep model => frame with { Model = model.Model, Notice = model.Notice },
            WaitStep wait when wait.Until > now => frame with { Waiting = new(wait.Code, (int)(wait.Until - now).TotalMilliseconds) },
            _ => null,
        };
    }

    public static StreamingEvent From(TurnIds ids, Slice slice) =>
        new(slice.Content, ids.ConversationId, ids.ReplyId, slice.From.Content)
        {
            Reasoning = slice.Reasoning.Length == 0 ? null : slice.Reasoning,
            ReasoningOffset = slice.Reasoning.Length == 0 ? null : slice.From.Reasoning,
        };

    public static StreamingEvent Acknowledge(Turn turn) => new("", turn.Ids.ConversationId, turn.Ids.ReplyId, 0)
    {
        ReasoningOffset = 0,
        UserMessageId = turn.Ids.UserMessageId,
        ClientMessageId = turn.ClientMessageId,
        Model = turn.Model,
        Notice = turn.Notice,
        Branched = turn.Branched ? true : null,
        // Of a repeated command whose reply ended before, too: its text comes first, and then its end.
        MessageStatus = turn.Status == Conversations.MessageStatus.Queued ? turn.Status : Conversations.MessageStatus.Streaming,
        Revision = turn.Revision,
        TraceId = turn.TraceId,
    };
}

/// <summary>Why a reply does not begin yet, and when the request is sent again, in milliseconds from now.</summary>
public sealed record WaitingResponse(string Code, int RetryAfterMs);

/// <summary>The reply ended as it should, or was stopped.</summary>
public sealed record CompleteEvent(long ConversationId, long MessageId, MessageStatus MessageStatus, string? FinishReason) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Status => "complete";

    public long? Revision { get; init; }

    public string? Model { get; init; }

    public string? TraceId { get; init; }

    public Usage? Usage { get; init; }

    public Timing? Timing { get; init; }

    public Cost? Cost { get; init; }
}

/// <summary>The reply <see cref="MessageId"/> failed or was interrupted; without one, a command was refused.</summary>
public sealed record ErrorEvent(string Error, long ConversationId, string Code, bool Retryable) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Status => "error";

    public int? RetryAfterMs { get; init; }

    public long? MessageId { get; init; }

    public MessageStatus? MessageStatus { get; init; }

    public long? Revision { get; init; }

    public string? ClientMessageId { get; init; }

    public string? TraceId { get; init; }

    public Usage? Usage { get; init; }

    public Timing? Timing { get; init; }

    public Cost? Cost { get; init; }

    public static ErrorEvent From(ChatError error, long? conversationId, string? clientMessageId = null) =>
        new(error.Message, conversationId ?? 0, error.Code, error.Retryable)
        {
            RetryAfterMs = (int?)error.RetryAfter?.TotalMilliseconds,
            ClientMessageId = clientMessageId,
        };
}

/// <summary>A message of a watched conversation is new or changed.</summary>
public sealed record MessageEvent(long ConversationId, long Revision, MessageResponse Message) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Type => "message";
}

/// <summary>A watched conversation, or one of the watched list, is new or changed.</summary>
public sealed record ConversationEvent(long Revision, ConversationSummary Conversation) : ServerEvent
{
    /// <summary>The most characters of the last message's text.</summary>
    private const int Preview = 256;

    [JsonPropertyOrder(-1)]
    public string Type => "conversation";

    /// <summary>With the beginning of the last message: who wants all of it watches the conversation.</summary>
    public static ConversationEvent From(ConversationSummary conversation) => new(
        conversation.Revision,
        conversation.LastMessage is not { } last
            ? conversation
            : conversation with { LastMessage = last with { Content = Cut(last.Content), Reasoning = null, ToolCalls = null } });

    private static string Cut(string text) =>
        text.Length <= Preview ? text : text[..(char.IsHighSurrogate(text[Preview - 1]) ? Preview - 1 : Preview)];
}

/// <summary>A conversation is gone.</summary>
public sealed record ConversationDeletedEvent(long ConversationId, long Revision) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Type => "conversation_deleted";
}

/// <summary>Everything up to <paramref name="Revision"/> was sent; without a conversation, of the list.</summary>
public sealed record WatchingEvent(long? ConversationId, long Revision) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Type => "watching";
}

/// <summary>The client has to load again: the server does not know its revision.</summary>
public sealed record ResyncEvent(long? ConversationId) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Type => "resync";
}

/// <summary>The client has to cut its text to these lengths; what follows starts there.</summary>
public sealed record ResetEvent(long ConversationId, long MessageId, int Offset, int ReasoningOffset) : ServerEvent
{
    [JsonPropertyOrder(-1)]
    public string Type => "reset";
}

/// <summary>The answer to a ping.</summary>
public sealed record PongEvent : ServerEvent
{
    public string Type => "pong";
}
