using System.Text.Json.Serialization;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;
using TahoChat.Api.Prompts;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Export;

/// <summary>What an export says of itself; <c>docs/export-format.md</c> describes the whole format.</summary>
public sealed record Manifest(string Format, int Version, DateTime ExportedAt, ExportCounts Counts)
{
    public const string FormatName = "tahochat";

    /// <summary>Of the format. A reader takes this one and refuses a later one.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>How much an export holds.</summary>
public sealed record ExportCounts(int Conversations, int Messages, int Attachments, int Prompts);

/// <summary>A conversation as it moves from one server to another: nothing in it depends on the server that it comes from.</summary>
public sealed record PortableConversation
{
    public required Guid Uid { get; init; }

    public required string Title { get; init; }

    public TitleSource TitleSource { get; init; } = TitleSource.Person;

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public DateTime? PinnedAt { get; init; }

    public DateTime? ArchivedAt { get; init; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public string? Model { get; init; }

    public string? ReasoningEffort { get; init; }

    public string? SystemPrompt { get; init; }

    public double? Temperature { get; init; }

    public int? MaxCompletionTokens { get; init; }

    /// <summary>The uid of the leaf that it shows; null where it has no messages.</summary>
    public Guid? Head { get; init; }

    /// <summary>All branches, in the order in which they were written. Null in the first part of a file alone, before its messages.</summary>
    public IReadOnlyList<PortableMessage>? Messages { get; init; }
}

/// <summary>A message of a conversation's tree.</summary>
public sealed record PortableMessage
{
    public required Guid Uid { get; init; }

    /// <summary>The uid of the message that it follows; null at the root.</summary>
    public Guid? Parent { get; init; }

    public required MessageRole Role { get; init; }

    public MessageStatus Status { get; init; } = MessageStatus.Complete;

    public required DateTime CreatedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    public required string Content { get; init; }

    public string? Reasoning { get; init; }

    public string? Model { get; init; }

    public string? ReasoningEffort { get; init; }

    public string? FinishReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? Error { get; init; }

    public DateTime? RetryAt { get; init; }

    public string? TraceId { get; init; }

    public string? ClientMessageId { get; init; }

    public Receipt? Receipt { get; init; }

    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    public IReadOnlyList<PortableAttachment>? Attachments { get; init; }
}

/// <summary>What is known of an attachment; its bytes are elsewhere in the file, under its uid.</summary>
public sealed record PortableAttachment
{
    public required Guid Uid { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public required AttachmentKind Kind { get; init; }

    public required long Size { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>A preset.</summary>
public sealed record PortablePrompt(Guid Uid, string Name, PromptKind Kind, string Text, DateTime UpdatedAt);

/// <summary>An attachment's bytes in the file of a single conversation.</summary>
public sealed record PortableBytes(Guid Uid, [property: JsonRequired] byte[] Content);
