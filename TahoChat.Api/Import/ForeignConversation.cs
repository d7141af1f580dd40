using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Export;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Import;

/// <summary>A message of another program; its ids are that program's.</summary>
internal sealed record ForeignMessage(string Id, string? Parent, MessageRole Role, string Content, DateTime CreatedAt)
{
    public string? Reasoning { get; init; }

    public string? Model { get; init; }

    public MessageStatus Status { get; init; } = MessageStatus.Complete;

    public string? Error { get; init; }

    public DateTime? CompletedAt { get; init; }

    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    public IReadOnlyList<ForeignFile> Files { get; init; } = [];
}

/// <summary>A conversation of another program.</summary>
/// <param name="Source">The program.</param>
/// <param name="Id">Its own id there.</param>
/// <param name="Messages">Siblings in their order.</param>
internal sealed record ForeignConversation(
    string Source, string Id, string? Title, DateTime CreatedAt, DateTime UpdatedAt, IReadOnlyList<ForeignMessage> Messages)
{
    private const int LongestName = 200;

    /// <summary>The message that it shows, or one on the way there; null: the last one.</summary>
    public string? Head { get; init; }

    public string? SystemPrompt { get; init; }

    public bool IsPinned { get; init; }

    public bool IsArchived { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>As it is kept here, with uids that are the same whenever it is imported.</summary>
    public ImportItem ToItem(string ownerId, string where)
    {
        if (SystemPrompt is { } prompt && Limits.Size(ImportRules.Text(prompt)) > Limits.SystemPrompt) return WithPromptAsMessage(prompt).ToItem(ownerId, where);
        var files = new Dictionary<Guid, ForeignFile>();
        var ordered = InOrder(where);
        var messages = ordered.ConvertAll(message => Portable(ownerId, message, files));
        var title = TitleText.OneLine(ImportRules.Text(Title ?? ""));
        var first = Messages.FirstOrDefault(message => message.Role == MessageRole.User)?.Content;
        var conversation = new PortableConversation
        {
            Uid = ImportUid.Of(ownerId, Source, Id),
            Title = title.Length > 0 ? TitleText.Shorten(title, Limits.Title) : first is null ? Conversation.DefaultTitle : TitleWriter.FirstWords(ImportRules.Text(first)),
            TitleSource = title.Length > 0 ? TitleSource.Person : first is null ? TitleSource.Default : TitleSource.FirstWords,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt < CreatedAt ? CreatedAt : UpdatedAt,
            PinnedAt = IsPinned ? UpdatedAt : null,
            ArchivedAt = IsArchived ? UpdatedAt : null,
            Tags = ShortTags(),
            SystemPrompt = SystemPrompt is null ? null : ImportRules.Text(SystemPrompt),
            Head = messages.Count == 0 ? null : UidOf(ownerId, Leaf(ordered)),
            Messages = messages,
        };
        if (messages.Exists(ImportRules.IsTooLong)) return new ImportItem(conversation, ImportItem.NoBytes) { LeftOut = "message_too_long" };
        return new ImportItem(ImportRules.Check(conversation, where), (uid, cancel) => files[uid].BytesAsync(cancel));
    }

    /// <summary>One that is longer than a conversation's own can be is the message that all others follow.</summary>
    private ForeignConversation WithPromptAsMessage(string prompt)
    {
        var known = Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        var id = "system prompt";
        while (known.Contains(id)) id += "'";
        return this with
        {
            SystemPrompt = null,
            Messages =
            [
                new ForeignMessage(id, null, MessageRole.System, prompt, CreatedAt),
                .. Messages.Select(message => message.Parent is { } parent && known.Contains(parent) ? message : message with { Parent = id }),
            ],
        };
    }

    private List<string> ShortTags() =>
        [.. (Tags ?? []).Select(tag => TitleText.Shorten(TitleText.OneLine(ImportRules.Text(tag)), Limits.TagName)).Where(tag => tag.Length > 0)
            .DistinctBy(ConversationTag.KeyOf).Take(Limits.Tags)];

    /// <summary>From the root on, each branch to its end, siblings in their order: the newest path is the last one.</summary>
    private List<ForeignMessage> InOrder(string where)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in Messages)
        {
            if (!known.Add(message.Id)) throw ImportRules.Wrong(where, "two of its messages have the same id");
        }

        // What follows nothing that is there begins anew.
        var children = Messages.ToLookup(message => message.Parent is { } parent && known.Contains(parent) ? parent : "", StringComparer.Ordinal);
        var ordered = new List<ForeignMessage>(Messages.Count);
        var next = new Stack<ForeignMessage>(children[""].Reverse());
        while (next.TryPop(out var message))
        {
            ordered.Add(message with { Parent = message.Parent is { } parent && known.Contains(parent) ? parent : null });
            foreach (var child in children[message.Id].Reverse()) next.Push(child);
        }

        return ordered.Count == Messages.Count ? ordered : throw ImportRules.Wrong(where, "its messages follow each other in a circle");
    }

    /// <summary>The end of the newest path through <see cref="Head"/>.</summary>
    private string Leaf(List<ForeignMessage> ordered)
    {
        if (ordered.Find(message => message.Id == Head) is not { } at) return ordered[^1].Id;
        var children = ordered.ToLookup(message => message.Parent, message => message.Id);
        var leaf = at.Id;
        while (children[leaf].LastOrDefault() is { } child) leaf = child;
        return leaf;
    }

    private Guid UidOf(string ownerId, string messageId) => ImportUid.Of(ownerId, Source, Id, messageId);

    private PortableMessage Portable(string ownerId, ForeignMessage message, Dictionary<Guid, ForeignFile> files)
    {
        var notes = new List<string>();
        var attachments = new List<PortableAttachment>();
        foreach (var (index, file) in message.Files.Index())
        {
            var uid = ImportUid.Of(ownerId, Source, Id, message.Id, $"file {index}");
            if (message.Role == MessageRole.User && file.Is is { } kept && attachments.Count < AttachmentLimits.PerMessage)
            {
                attachments.Add(Attachment(uid, file, kept, message.CreatedAt));
                files[uid] = file;
            }
            else
            {
                notes.Add($"[{AttachmentName.Clean(file.Name, "file")}]");
            }
        }

        return new PortableMessage
        {
            Uid = UidOf(ownerId, message.Id),
            Parent = message.Parent is { } parent ? UidOf(ownerId, parent) : null,
            Role = message.Role,
            Status = message.Role == MessageRole.Assistant ? message.Status : MessageStatus.Complete,
            CreatedAt = message.CreatedAt,
            CompletedAt = message.CompletedAt ?? message.CreatedAt,
            Content = ImportRules.Text(string.Join("\n\n", [.. notes, .. message.Content.Length > 0 ? [message.Content] : Array.Empty<string>()])),
            Reasoning = message.Reasoning is null ? null : ImportRules.Text(message.Reasoning),
            Model = message.Model is { Length: > 0 and <= LongestName } model ? model : null,
            Error = message.Error is null ? null : ImportRules.Text(message.Error),
            ToolCalls = message.ToolCalls,
            Attachments = attachments,
        };
    }

    private static PortableAttachment Attachment(Guid uid, ForeignFile file, SniffedFile kept, DateTime createdAt) => new()
    {
        Uid = uid,
        Name = AttachmentName.Clean(file.Name, kept.Kind == AttachmentKind.Image ? "picture" : "file.txt"),
        MediaType = kept.MediaType,
        Kind = kept.Kind,
        Size = file.Size,
        Width = kept.Width,
        Height = kept.Height,
        CreatedAt = createdAt,
    };
}
