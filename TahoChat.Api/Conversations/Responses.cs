using System.Text.Json.Serialization;
using TahoChat.Api.Attachments;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Conversations;

/// <summary>A message as clients see it, over REST and over the WebSocket. Fields that the classic API does not have are
/// left out where they are empty.</summary>
public sealed record MessageResponse
{
    public required long Id { get; init; }

    public required long ConversationId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ParentId { get; init; }

    /// <summary>The messages that follow the same one, this one included, oldest first; null where it is the only one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? SiblingIds { get; init; }

    public required MessageRole Role { get; init; }

    /// <summary>The text; that of a growing reply as far as it was saved.</summary>
    public required string Content { get; init; }

    /// <summary>What came with it; null where that is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AttachmentResponse>? Attachments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reasoning { get; init; }

    public required MessageStatus Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FinishReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>When the provider takes requests again, of a reply that it refused until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? RetryAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Usage? Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Timing? Timing { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Cost? Cost { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientMessageId { get; init; }

    public required DateTime CreatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? CompletedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    public static MessageResponse From(Message message) => new()
    {
        Id = message.Id,
        ConversationId = message.ConversationId,
        ParentId = message.ParentId,
        Role = message.Role,
        Content = message.Content,
        Attachments = message.Attachments.Count == 0 ? null : [.. message.Attachments.Select(AttachmentResponse.From)],
        Reasoning = message.Reasoning.Length == 0 ? null : message.Reasoning,
        Status = message.Status,
        Model = message.Model,
        FinishReason = message.FinishReason,
        ErrorCode = message.ErrorCode,
        Error = message.Error,
        RetryAt = message.RetryAt,
        Usage = Usage.From(message.Receipt),
        Timing = Timing.From(message.Receipt),
        Cost = Cost.From(message.Receipt),
        TraceId = message.TraceId,
        ClientMessageId = message.ClientMessageId,
        CreatedAt = message.CreatedAt,
        CompletedAt = message.CompletedAt,
        ToolCalls = message.ToolCalls,
    };
}

/// <summary>A stretch of a path, oldest first.</summary>
/// <param name="EarlierId">The message before the first of them; null where that is the beginning.</param>
public sealed record MessagePage(
    IReadOnlyList<MessageResponse> Messages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? EarlierId);

/// <summary>A message that holds the words.</summary>
/// <param name="Position">Its place on the path that the conversation shows, from 1.</param>
public sealed record FindHit(long Id, int Position);

/// <summary>Where words are in a conversation.</summary>
/// <param name="Hits">The newest of the messages that hold them, oldest first.</param>
/// <param name="Total">How many messages hold them, those beyond the cap included.</param>
/// <param name="MessageCount">How many messages the conversation shows.</param>
public sealed record FindResponse(IReadOnlyList<FindHit> Hits, int Total, int MessageCount);
