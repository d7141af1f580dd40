using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Attachments;

/// <summary>What a model is given an attachment as.</summary>
public enum AttachmentKind
{
    Image,
    Text,
}

/// <summary>A picture or a text that a person attached. Its bytes are in <see cref="AttachmentContent"/>, so that lists read
/// none of them.</summary>
public sealed class Attachment
{
    public long Id { get; set; }

    /// <summary>Permanent, the same on every machine that the attachment is moved to.</summary>
    public Guid Uid { get; set; }

    public string OwnerId { get; set; } = Owner.Local;

    /// <summary>The file's name, without a path; for people, never a place to write to.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the bytes are, found out by looking at them.</summary>
    public string MediaType { get; set; } = "";

    public AttachmentKind Kind { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    /// <summary>In pixels, of an image.</summary>
    public int? Width { get; set; }

    /// <summary>In pixels, of an image.</summary>
    public int? Height { get; set; }

    public DateTime CreatedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> builder)
        {
            builder.ToTable("attachments");
            builder.Property(attachment => attachment.Name).HasMaxLength(255);
            builder.Property(attachment => attachment.MediaType).HasMaxLength(100);
            builder.HasIndex(attachment => attachment.Uid).IsUnique();
            builder.HasIndex(attachment => attachment.CreatedAt);
        }
    }
}

/// <summary>The bytes of an attachment.</summary>
public sealed class AttachmentContent
{
    public long AttachmentId { get; set; }

    public byte[] Content { get; set; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<AttachmentContent>
    {
        public void Configure(EntityTypeBuilder<AttachmentContent> builder)
        {
            builder.ToTable("attachment_contents");
            builder.HasKey(content => content.AttachmentId);
            builder.Property(content => content.AttachmentId).ValueGeneratedNever();
            builder.HasOne<Attachment>().WithOne().HasForeignKey<AttachmentContent>(content => content.AttachmentId)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>An attachment's place in a message; an edit shares those of the message that it replaces.</summary>
public sealed class MessageAttachment
{
    public long MessageId { get; set; }

    public long AttachmentId { get; set; }

    /// <summary>From 0, in the person's order.</summary>
    public int Position { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MessageAttachment>
    {
        public void Configure(EntityTypeBuilder<MessageAttachment> builder)
        {
            builder.ToTable("message_attachments");
            builder.HasKey(placed => new { placed.MessageId, placed.AttachmentId });
            builder.HasOne<Message>().WithMany().HasForeignKey(placed => placed.MessageId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Attachment>().WithMany().HasForeignKey(placed => placed.AttachmentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(placed => placed.AttachmentId);
        }
    }
}
