using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>The rows of one conversation; each call is a piece of work of the writer.</summary>
internal sealed class ImportRows(string ownerId, PortableConversation conversation, DateTime now)
{
    private readonly Dictionary<Guid, int> _depths = Depths.Of(conversation.Messages!);
    private readonly Dictionary<Guid, long> _ids = [];
    private long _id;

    /// <summary>The conversation, nobody's yet.</summary>
    public void Begin(ChatDbContext context)
    {
        var row = context.Conversations.Add(new Conversation
        {
            Uid = conversation.Uid,
            OwnerId = ImportWriter.Nobody,
            Title = conversation.Title,
            TitleSource = conversation.TitleSource,
            CreatedAt = conversation.CreatedAt,
            UpdatedAt = conversation.UpdatedAt,
            PinnedAt = conversation.PinnedAt,
            ArchivedAt = conversation.ArchivedAt,
            Model = conversation.Model,
            ReasoningEffort = conversation.ReasoningEffort,
            SystemPrompt = conversation.SystemPrompt,
            Temperature = conversation.Temperature,
            MaxCompletionTokens = conversation.MaxCompletionTokens,
        }).Entity;
        context.SaveChanges();
        context.ConversationTags.AddRange((conversation.Tags ?? []).Select(tag =>
            new ConversationTag { ConversationId = row.Id, Key = ConversationTag.KeyOf(tag), Name = tag }));
        context.SaveChanges();
        _id = row.Id;
    }

    /// <summary>Messages, in their order: their ids are their order here.</summary>
    public void Add(ChatDbContext context, PortableMessage[] messages)
    {
        // One writer has the database, so the next ids are known before the rows are there, and those that follow can name them.
        var next = context.Database.SqlQuery<long>($"SELECT coalesce(max(seq), 0) AS Value FROM sqlite_sequence WHERE name = 'messages'").Single();
        foreach (var message in messages) _ids[message.Uid] = ++next;
        var revision = context.NextRevision(ownerId);
        context.Messages.AddRange(messages.Select(message => Row(message, revision)));
        context.SaveChanges();
    }

    /// <summary>An attachment in all of its places, with its bytes where they are not here already.</summary>
    public void Add(ChatDbContext context, Guid uid, byte[] bytes)
    {
        var places = conversation.Messages!.SelectMany(message => (message.Attachments ?? []).Select((attachment, position) => (Message: message.Uid, attachment, position)))
            .Where(place => place.attachment.Uid == uid).ToList();
        var attachment = context.Attachments.SingleOrDefault(row => row.Uid == uid);
        if (attachment is null)
        {
            attachment = context.Attachments.Add(Row(places[0].attachment)).Entity;
            context.SaveChanges();
            context.AttachmentContents.Add(new AttachmentContent { AttachmentId = attachment.Id, Content = bytes });
        }

        context.MessageAttachments.AddRange(places.Select(place =>
            new MessageAttachment { MessageId = _ids[place.Message], AttachmentId = attachment.Id, Position = place.position }));
        context.SaveChanges();
    }

    /// <summary>Gives the conversation to its owner; returns its id.</summary>
    public long End(ChatDbContext context)
    {
        // A message that waited may follow one that was written after it.
        var order = new HashSet<Guid>();
        foreach (var message in conversation.Messages!)
        {
            if (message.Parent is { } parent && !order.Contains(parent))
            {
                var (id, parentId) = (_ids[message.Uid], _ids[parent]);
                context.Messages.Where(row => row.Id == id).ExecuteUpdate(set => set.SetProperty(row => row.ParentId, parentId));
            }

            order.Add(message.Uid);
        }

        var conversationRow = context.Conversations.Single(row => row.Id == _id);
        conversationRow.OwnerId = ownerId;
        conversationRow.HeadId = conversation.Head is { } head ? _ids[head] : null;
        context.Touch(conversationRow);
        context.SaveChanges();
        return _id;
    }

    private Message Row(PortableMessage message, long revision) => new()
    {
        Id = _ids[message.Uid],
        Uid = message.Uid,
        OwnerId = ownerId,
        ConversationId = _id,
        ParentId = message.Parent is { } parent && _ids.TryGetValue(parent, out var parentId) ? parentId : null,
        Depth = _depths[message.Uid],
        Role = message.Role,
        Status = message.Status,
        Content = message.Content,
        Reasoning = message.Reasoning ?? "",
        CreatedAt = message.CreatedAt,
        CompletedAt = message.CompletedAt,
        Revision = revision,
        ClientMessageId = message.ClientMessageId,
        Model = message.Model,
        ReasoningEffort = message.ReasoningEffort,
        FinishReason = message.FinishReason,
        ErrorCode = message.ErrorCode,
        Error = message.Error,
        RetryAt = message.RetryAt,
        TraceId = message.TraceId,
        Receipt = message.Receipt,
        ToolCalls = message.ToolCalls,
    };

    private Attachment Row(PortableAttachment attachment) => new()
    {
        Uid = attachment.Uid,
        OwnerId = ownerId,
        Name = attachment.Name,
        MediaType = attachment.MediaType,
        Kind = attachment.Kind,
        Size = attachment.Size,
        Width = attachment.Width,
        Height = attachment.Height,
        CreatedAt = attachment.CreatedAt == default ? now : attachment.CreatedAt,
    };
}
