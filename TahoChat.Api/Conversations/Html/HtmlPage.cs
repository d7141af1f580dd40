using TahoChat.Api.Attachments;

namespace TahoChat.Api.Conversations.Html;

/// <summary>What <see cref="ConversationHtml"/> shows, and how much of it.</summary>
public sealed record HtmlPage
{
    public required string Title { get; init; }

    /// <summary>A line under the title, such as when it was shared; plain text.</summary>
    public string? Note { get; init; }

    /// <summary>Oldest first, with their attachments (<see cref="ConversationQueries.PathAsync"/>); all of them are shown.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>The bytes of an attachment; null where they are gone. Asked for one at a time, in their order.</summary>
    public required Func<Attachment, CancellationToken, Task<byte[]?>> Read { get; init; }

    /// <summary>How many bytes of attachments the page holds together; those beyond are named and left out.</summary>
    public long MostAttachmentBytes { get; init; } = long.MaxValue;

    /// <summary>Whether a tool call shows what the tool was given and what it said, or its name alone.</summary>
    public bool ShowsToolTexts { get; init; }
}
