using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Prompts;

namespace TahoChat.Api.Export;

/// <summary>Rows as they move.</summary>
internal static class Portables
{
    public static PortableConversation From(Conversation conversation, List<string> tags, Guid? head) => new()
    {
        Uid = conversation.Uid,
        Title = conversation.Title,
        TitleSource = conversation.TitleSource,
        CreatedAt = conversation.CreatedAt,
        UpdatedAt = conversation.UpdatedAt,
        PinnedAt = conversation.PinnedAt,
        ArchivedAt = conversation.ArchivedAt,
        Tags = tags.Count == 0 ? null : tags,
        Model = conversation.Model,
        ReasoningEffort = conversation.ReasoningEffort,
        SystemPrompt = conversation.SystemPrompt,
        Temperature = conversation.Temperature,
        MaxCompletionTokens = conversation.MaxCompletionTokens,
        Head = head,
    };

    public static PortableMessage From(Message message, Guid? parent) => new()
    {
        Uid = message.Uid,
        Parent = parent,
        Role = message.Role,
        Status = message.Status,
        CreatedAt = message.CreatedAt,
        CompletedAt = message.CompletedAt,
        Content = message.Content,
        Reasoning = message.Reasoning.Length == 0 ? null : message.Reasoning,
        Model = message.Model,
        ReasoningEffort = message.ReasoningEffort,
        FinishReason = message.FinishReason,
        ErrorCode = message.ErrorCode,
        Error = message.Error,
        RetryAt = message.RetryAt,
        TraceId = message.TraceId,
        ClientMessageId = message.ClientMessageId,
        Receipt = message.Receipt is { Phases.Count: 0 } receipt ? receipt with { Phases = null } : message.Receipt,
        ToolCalls = message.ToolCalls is { Count: > 0 } calls ? calls : null,
        Attachments = message.Attachments.Count == 0 ? null : [.. message.Attachments.Select(From)],
    };

    public static PortablePrompt From(Prompt prompt) => new(prompt.Uid, prompt.Name, prompt.Kind, prompt.Text, prompt.UpdatedAt);

    private static PortableAttachment From(Attachment attachment) => new()
    {
        Uid = attachment.Uid,
        Name = attachment.Name,
        MediaType = attachment.MediaType,
        Kind = attachment.Kind,
        Size = attachment.Size,
        Width = attachment.Width,
        Height = attachment.Height,
        CreatedAt = attachment.CreatedAt,
    };
}
