using TahoChat.Api.Data;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Attachments;

/// <summary>What came of deleting an attachment.</summary>
public enum AttachmentDeletion
{
    Deleted,

    /// <summary>There is none, or it is another owner's.</summary>
    NotFound,

    /// <summary>A message has it.</summary>
    IsSent,
}

/// <summary>Keeps, deletes and purges attachments.</summary>
public sealed class AttachmentWriter(DatabaseWriter writer, ChatMetrics metrics, TimeProvider time)
{
    /// <summary>Keeps a file; its bytes are in the database when this returns.</summary>
    internal async Task<Attachment> AddAsync(string ownerId, string name, SniffedFile file, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var added = await writer.WriteAsync(context =>
        {
            var attachment = context.Attachments.Add(new Attachment
            {
                Uid = Guid.CreateVersion7(),
                OwnerId = ownerId,
                Name = name,
                MediaType = file.MediaType,
                Kind = file.Kind,
                Size = file.Bytes.Length,
                Width = file.Width,
                Height = file.Height,
                CreatedAt = now,
            }).Entity;
            context.SaveChanges();
            context.AttachmentContents.Add(new AttachmentContent { AttachmentId = attachment.Id, Content = file.Bytes });
            context.SaveChanges();
            return attachment;
        }, cancellationToken);
        metrics.Attached(file.Kind, file.Bytes.Length);
        return added;
    }

    /// <summary>Deletes an attachment that no message has.</summary>
    public Task<AttachmentDeletion> DeleteAsync(string ownerId, long id, CancellationToken cancellationToken) =>
        writer.WriteAsync(context =>
        {
            if (!context.AttachmentsFor(ownerId).Any(attachment => attachment.Id == id)) return AttachmentDeletion.NotFound;
            return context.DeleteUnplaced(context.Attachments.Where(attachment => attachment.Id == id)) == 0
                ? AttachmentDeletion.IsSent
                : AttachmentDeletion.Deleted;
        }, cancellationToken);

    /// <summary>Deletes what was uploaded more than a day ago and is in no message; returns how many there were.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().UtcDateTime - AttachmentLimits.Unsent;
        return writer.WriteAsync(
            context => context.DeleteUnplaced(context.Attachments.Where(attachment => attachment.CreatedAt < before)), cancellationToken);
    }
}
