using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Attachments;

/// <summary>The questions that more than one place asks.</summary>
internal static class AttachmentQueries
{
    // Compiled once: every reply and every opened conversation asks it.
    private static readonly Func<ChatDbContext, List<long>, IAsyncEnumerable<Placed>> _placed =
        EF.CompileAsyncQuery((ChatDbContext context, List<long> ids) => context.MessageAttachments
            .Where(place => ids.Contains(place.MessageId))
            .Join(context.Attachments, place => place.AttachmentId, attachment => attachment.Id, (place, attachment) => new Placed(place, attachment))
            .AsNoTracking());

    /// <summary>An owner's attachments, without those of which every message is in the trash.</summary>
    public static IQueryable<Attachment> AttachmentsFor(this ChatDbContext context, string ownerId) =>
        context.Attachments.Where(attachment => attachment.OwnerId == ownerId
            && (!context.MessageAttachments.Any(place => place.AttachmentId == attachment.Id)
                || context.MessageAttachments
                    .Where(place => place.AttachmentId == attachment.Id)
                    .Join(context.Messages, place => place.MessageId, message => message.Id, (_, message) => message.ConversationId)
                    .Join(context.Conversations, id => id, conversation => conversation.Id, (_, conversation) => conversation.DeletedAt)
                    .Any(deletedAt => deletedAt == null)));

    /// <summary>Gives messages their attachments; only users' messages have some.</summary>
    public static async Task<List<Message>> WithAttachmentsAsync(
        this ChatDbContext context, List<Message> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Where(message => message.Role == MessageRole.User).Select(message => message.Id).ToList();
        if (ids.Count == 0) return messages;
        var placed = new List<Placed>();
        await foreach (var row in _placed(context, ids).WithCancellation(cancellationToken)) placed.Add(row);
        if (placed.Count == 0) return messages;
        var byMessage = placed.ToLookup(row => row.Place.MessageId);
        foreach (var message in messages)
            message.Attachments = [.. byMessage[message.Id].OrderBy(row => row.Place.Position).Select(row => row.Attachment)];
        return messages;
    }

    /// <summary>The attachments of one message, in their order.</summary>
    public static List<Attachment> AttachmentsOf(this ChatDbContext context, long messageId) =>
        [.. context.MessageAttachments
            .Where(place => place.MessageId == messageId)
            .OrderBy(place => place.Position)
            .Join(context.Attachments, place => place.AttachmentId, attachment => attachment.Id, (_, attachment) => attachment)];

    /// <summary>Deletes those of the attachments that no message has; returns how many there were.</summary>
    public static int DeleteUnplaced(this ChatDbContext context, IQueryable<Attachment> attachments) =>
        attachments.Where(attachment => !context.MessageAttachments.Any(place => place.AttachmentId == attachment.Id)).ExecuteDelete();

    /// <summary>The attachments that a conversation's messages have, to be deleted with it.</summary>
    public static List<long> AttachmentsIn(this ChatDbContext context, long conversationId) =>
        [.. context.MessageAttachments
            .Join(context.Messages, place => place.MessageId, message => message.Id, (place, message) => new { place.AttachmentId, message.ConversationId })
            .Where(row => row.ConversationId == conversationId)
            .Select(row => row.AttachmentId)
            .Distinct()];

    private sealed record Placed(MessageAttachment Place, Attachment Attachment);
}
