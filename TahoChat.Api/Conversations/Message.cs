using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TahoChat.Api.Attachments;
using TahoChat.Api.Generations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Conversations;

/// <summary>Who speaks.</summary>
public enum MessageRole
{
    System,
    User,
    Assistant,
}

/// <summary>Where a message stands. A user's message is always <see cref="Complete"/>.</summary>
public enum MessageStatus
{
    /// <summary>Waits until the reply before it has ended.</summary>
    Queued,

    /// <summary>Grows.</summary>
    Streaming,

    /// <summary>The provider finished it.</summary>
    Complete,

    /// <summary>A person ended it; what came is kept.</summary>
    Stopped,

    /// <summary>A fault broke it off; what came is kept.</summary>
    Interrupted,

    /// <summary>An error ended it before anything came.</summary>
    Failed,

    /// <summary>Taken out of the queue before it was sent, both messages of the turn; nothing shows it.</summary>
    Removed,
}

/// <summary>A message of a conversation's tree. Nothing of it is overwritten: an edit or another attempt is a sibling.</summary>
public sealed class Message
{
    public long Id { get; set; }

    /// <summary>Permanent, the same on every machine that the message is moved to.</summary>
    public Guid Uid { get; set; }

    public string OwnerId { get; set; } = Owner.Local;

    public long ConversationId { get; set; }

    /// <summary>The message this one follows; null at the root.</summary>
    public long? ParentId { get; set; }

    /// <summary>How many messages lead here, this one counted: the length of the path that shows it.</summary>
    public int Depth { get; set; }

    public MessageRole Role { get; set; }

    public MessageStatus Status { get; set; }

    public string Content { get; set; } = "";

    public string Reasoning { get; set; } = "";

    public DateTime CreatedAt { get; set; }

    public DateTime? CompletedAt { get; set; }

    /// <summary>The owner's revision when this message last changed; growing is no change.</summary>
    public long Revision { get; set; }

    /// <summary>The sender's own name for the message, by which its tabs know it; <see cref="Claim"/> makes a send happen once.</summary>
    public string? ClientMessageId { get; set; }

    /// <summary>The model that answers.</summary>
    public string? Model { get; set; }

    public string? ReasoningEffort { get; set; }

    public string? FinishReason { get; set; }

    /// <summary>Why it failed or was interrupted; the codes of <c>docs/protocol.md</c>.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The same in words for people.</summary>
    public string? Error { get; set; }

    /// <summary>When the provider takes requests again, of a reply that it refused until then.</summary>
    public DateTime? RetryAt { get; set; }

    public string? TraceId { get; set; }

    public Receipt? Receipt { get; set; }

    /// <summary>The tools that the model called for this reply; null where it called none.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; set; }

    /// <summary>What is attached to it, in the person's order; empty where it was not asked for (<see cref="AttachmentQueries"/>).</summary>
    public IReadOnlyList<Attachment> Attachments { get; set; } = [];

    /// <summary>Whether another attempt can begin with what this one kept.</summary>
    public bool IsContinuable => Role == MessageRole.Assistant
        && (Status is MessageStatus.Interrupted or MessageStatus.Stopped || (Status == MessageStatus.Complete && FinishReason == "length"));

    internal sealed class Mapping : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("messages");
            builder.Ignore(message => message.IsContinuable);
            builder.Ignore(message => message.Attachments);
            builder.Property(message => message.ClientMessageId).HasMaxLength(64);
            builder.Property(message => message.ToolCalls).HasConversion(ToolCallJson.Converter, ToolCallJson.Comparer);
            builder.HasOne<Conversation>().WithMany().HasForeignKey(message => message.ConversationId)
                .OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(message => message.Uid).IsUnique();
            builder.HasIndex(message => message.ParentId);
            builder.HasIndex(message => new { message.ConversationId, message.Revision });
            builder.HasIndex(message => message.Status)
                .HasFilter("status IN ('streaming', 'queued')");
            builder.ComplexProperty(message => message.Receipt, receipt =>
            {
                receipt.ToJson("receipt");
                receipt.ComplexCollection(of => of.Phases!);
            });
        }
    }
}
