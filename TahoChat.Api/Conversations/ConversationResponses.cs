using System.Text.Json.Serialization;

namespace TahoChat.Api.Conversations;

/// <summary>A conversation in the list.</summary>
/// <param name="MessageCount">The length of the path that the conversation shows.</param>
/// <param name="LastMessage">The last message of that path; null while the conversation is empty.</param>
/// <param name="Growing">Whether a reply grows or waits, on whichever branch.</param>
/// <param name="Model">The model chosen for it; null for the server's default.</param>
/// <param name="ReasoningEffort">The effort chosen for it; null for the model's own.</param>
/// <param name="SystemPrompt">What its model is told before the messages; null for nothing.</param>
/// <param name="Temperature">0 to 2; null for the model's own.</param>
/// <param name="MaxCompletionTokens">The most tokens of a reply; null for the server's setting.</param>
public sealed record ConversationSummary(
    long Id,
    string Title,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    int MessageCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MessageResponse? LastMessage,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? HeadId,
    long Revision,
    bool Growing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReasoningEffort,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SystemPrompt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Temperature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxCompletionTokens)
{
    /// <summary>Whether it is kept above the others; left out where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Pinned { get; init; }

    /// <summary>Whether it is put away from the list; left out where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Archived { get; init; }

    /// <summary>By name; left out where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    public static ConversationSummary From(Conversation conversation, Message? head, bool growing) => new(
        conversation.Id,
        conversation.Title,
        conversation.CreatedAt,
        conversation.UpdatedAt,
        head?.Depth ?? 0,
        head is null ? null : MessageResponse.From(head),
        conversation.HeadId,
        conversation.Revision,
        growing,
        conversation.Model,
        conversation.ReasoningEffort,
        conversation.SystemPrompt,
        conversation.Temperature,
        conversation.MaxCompletionTokens)
    {
        Pinned = conversation.PinnedAt is null ? null : true,
        Archived = conversation.ArchivedAt is null ? null : true,
        Tags = conversation.Tags is { Count: > 0 } tags ? tags : null,
    };
}

/// <summary>A conversation: the messages of the path that it shows, oldest first; all of them where no limit was asked for.</summary>
public sealed record ConversationResponse(
    long Id,
    string Title,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    long? HeadId,
    long Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReasoningEffort,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SystemPrompt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Temperature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxCompletionTokens,
    IReadOnlyList<MessageResponse> Messages)
{
    /// <inheritdoc cref="ConversationSummary.Pinned"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Pinned { get; init; }

    /// <inheritdoc cref="ConversationSummary.Archived"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Archived { get; init; }

    /// <inheritdoc cref="ConversationSummary.Tags"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The length of the path; only where a limit was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MessageCount { get; init; }

    /// <summary>The message before the first of <see cref="Messages"/>; null where that is the beginning.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? EarlierId { get; init; }

    public static ConversationResponse From(Conversation conversation, IEnumerable<MessageResponse> path) => new(
        conversation.Id,
        conversation.Title,
        conversation.CreatedAt,
        conversation.UpdatedAt,
        conversation.HeadId,
        conversation.Revision,
        conversation.Model,
        conversation.ReasoningEffort,
        conversation.SystemPrompt,
        conversation.Temperature,
        conversation.MaxCompletionTokens,
        [.. path])
    {
        Pinned = conversation.PinnedAt is null ? null : true,
        Archived = conversation.ArchivedAt is null ? null : true,
        Tags = conversation.Tags is { Count: > 0 } tags ? tags : null,
    };
}
