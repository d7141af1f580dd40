using System.Text;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Export;
using TahoChat.Api.Generations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Import;

/// <summary>What a conversation has to be to be kept, and how it is kept.</summary>
internal static class ImportRules
{
    private const int LongestName = 200;

    /// <summary>The conversation as it will be in the database: exported from there, it is the same. Its texts stay as they are, since what was
    /// kept once is exported as it was kept; <see cref="Text"/> is for those of other programs.</summary>
    /// <param name="where">The place in the file, in words, for whoever has to look there.</param>
    /// <exception cref="ImportRefusedException">What is wrong with it.</exception>
    public static PortableConversation Check(PortableConversation conversation, string where)
    {
        var messages = (conversation.Messages ?? throw Wrong(where, "it has no list of messages")).Select((message, index) =>
            Check(message, $"{where}, message {index + 1}")).ToList();
        var clean = conversation with
        {
            Tags = Tags(conversation.Tags, where),
            SystemPrompt = string.IsNullOrWhiteSpace(conversation.SystemPrompt) ? null : conversation.SystemPrompt,
            Messages = messages,
        };
        if (clean.Title.Length is 0 or > Limits.Title) throw Wrong(where, "its title has to have 1 to 255 characters");
        if (SendRules.ChoiceProblem(clean.Model, clean.ReasoningEffort) is { } choice) throw Wrong(where, choice);
        if (SendRules.SettingsProblem(new ReplySettings(clean.SystemPrompt, clean.Temperature, clean.MaxCompletionTokens)) is { } setting) throw Wrong(where, setting);
        if (!Enum.IsDefined(clean.TitleSource)) throw Wrong(where, "its title_source is not known");
        CheckTree(clean, where);
        return clean;
    }

    /// <summary>A preset as it will be kept.</summary>
    public static PortablePrompt Check(PortablePrompt prompt, string where)
    {
        var clean = prompt with { Name = prompt.Name.Trim() };
        if (clean.Name.Length is 0 or > Limits.PromptName || clean.Name.Any(char.IsControl) || clean.Name.Contains('/', StringComparison.Ordinal))
            throw Wrong(where, "its name has to have 1 to 64 characters, on one line and without a slash");
        if (string.IsNullOrWhiteSpace(clean.Text) || Limits.Size(clean.Text) > Limits.SystemPrompt) throw Wrong(where, "its text has to have 1 character to 12 KiB");
        return Enum.IsDefined(clean.Kind) ? clean : throw Wrong(where, "its kind has to be message or system");
    }

    /// <summary>Text that a database gives back as it got it: half of a surrogate pair becomes U+FFFD, NUL is dropped.</summary>
    public static string Text(string text)
    {
        var whole = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
        return KeptText.WithoutNul(whole);
    }

    /// <summary>Whether a message has more text than any is kept with.</summary>
    public static bool IsTooLong(PortableMessage message) => Limits.Size(message.Content) + Limits.Size(message.Reasoning ?? "") > ImportLimits.Message;

    public static ImportRefusedException Wrong(string where, string why) => new($"{where}: {why.TrimEnd('.')}.");

    private static PortableMessage Check(PortableMessage message, string where)
    {
        if (!Enum.IsDefined(message.Role) || !Enum.IsDefined(message.Status) || message.Status == MessageStatus.Removed)
            throw Wrong(where, "its role or status is not known");
        var grows = message.Status is MessageStatus.Streaming or MessageStatus.Queued;
        var clean = message with
        {
            Reasoning = string.IsNullOrEmpty(message.Reasoning) ? null : message.Reasoning,
            Error = grows ? "This reply was still growing when it was exported." : message.Error,
            Status = !grows ? message.Status : message.Role == MessageRole.Assistant ? MessageStatus.Interrupted : MessageStatus.Complete,
            CompletedAt = grows ? message.CompletedAt ?? message.CreatedAt : message.CompletedAt,
            ToolCalls = message.ToolCalls is not { Count: > 0 } calls ? null : grows ? ToolHistory.BrokenOff(calls) : calls,
            Receipt = message.Receipt is { Phases.Count: 0 } receipt ? receipt with { Phases = null } : message.Receipt,
            Attachments = message.Attachments is { Count: > 0 } attached ? [.. attached.Select(attachment => Check(attachment, where))] : null,
        };
        if (IsTooLong(clean)) throw Wrong(where, "it has more than 1 MiB of text");
        if (clean is { Attachments: not null, Role: not MessageRole.User }) throw Wrong(where, "only a user's message has attachments");
        if (clean.Attachments?.Count > AttachmentLimits.PerMessage) throw Wrong(where, $"it has more than {AttachmentLimits.PerMessage} attachments");
        if (clean.Attachments?.DistinctBy(attachment => attachment.Uid).Count() != clean.Attachments?.Count) throw Wrong(where, "an attachment is in it twice");
        if (clean is { Model.Length: > LongestName } or { FinishReason.Length: > LongestName } or { ErrorCode.Length: > LongestName }
            or { TraceId.Length: > LongestName } or { ReasoningEffort.Length: > LongestName } or { ClientMessageId.Length: > Limits.ClientMessageId })
            throw Wrong(where, "one of its short fields is longer than it can be");
        return clean;
    }

    private static PortableAttachment Check(PortableAttachment attachment, string where) =>
        attachment.Size is >= 0 and <= AttachmentLimits.File && Enum.IsDefined(attachment.Kind)
            ? attachment with { Name = AttachmentName.Clean(attachment.Name, "file") }
            : throw Wrong(where, $"the attachment {attachment.Uid} has more than 20 MiB, or is of no known kind");

    private static List<string>? Tags(IReadOnlyList<string>? tags, string where)
    {
        if (TagQueries.Problem(tags) is { } problem) throw Wrong(where, problem);
        var clean = TagQueries.Cleaned(tags).OrderBy(ConversationTag.KeyOf, StringComparer.Ordinal).ToList();
        return clean.Count == 0 ? null : clean;
    }

    private static void CheckTree(PortableConversation conversation, string where)
    {
        var parents = new Dictionary<Guid, Guid?>();
        foreach (var (index, message) in conversation.Messages!.Index())
        {
            if (!parents.TryAdd(message.Uid, message.Parent)) throw Wrong($"{where}, message {index + 1}", "its uid was there before");
        }

        foreach (var (index, message) in conversation.Messages!.Index())
        {
            if (message.Parent is { } parent && !parents.ContainsKey(parent))
                throw Wrong($"{where}, message {index + 1}", "it follows a message that is not there");
        }

        if (conversation.Head is null != (parents.Count == 0) || (conversation.Head is { } head && !parents.ContainsKey(head)))
            throw Wrong(where, "its head is none of its messages");
        if (Depths.Of(conversation.Messages!).Count < parents.Count) throw Wrong(where, "its messages follow each other in a circle");
    }
}
