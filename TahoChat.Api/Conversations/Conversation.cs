using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TahoChat.Api.Conversations;

/// <summary>Where a conversation's title came from; a person's own is never replaced.</summary>
public enum TitleSource
{
    /// <summary>Nobody said anything yet.</summary>
    Default,

    /// <summary>The first words of the first message, until the model has a better one.</summary>
    FirstWords,

    /// <summary>The fast model wrote it from the first turn.</summary>
    Model,

    /// <summary>A person gave it.</summary>
    Person,
}

/// <summary>A conversation: a tree of messages and the leaf that it shows.</summary>
public sealed class Conversation
{
    /// <summary>The title of a conversation in which nobody has said anything.</summary>
    public const string DefaultTitle = "New Conversation";

    public long Id { get; set; }

    /// <summary>Permanent, the same on every machine that the conversation is moved to.</summary>
    public Guid Uid { get; set; }

    public string OwnerId { get; set; } = Owner.Local;

    public string Title { get; set; } = DefaultTitle;

    public TitleSource TitleSource { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>The time of the last activity.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>The leaf that the conversation shows; null while it is empty.</summary>
    public long? HeadId { get; set; }

    /// <summary>The model that answers here where a message asks for no other; null for the server's default.</summary>
    public string? Model { get; set; }

    public string? ReasoningEffort { get; set; }

    /// <summary>What the model is told before the messages; null for nothing.</summary>
    public string? SystemPrompt { get; set; }

    /// <summary>0 to 2; null for the model's own.</summary>
    public double? Temperature { get; set; }

    /// <summary>The most tokens of a reply, reasoning included; null for the server's setting.</summary>
    public int? MaxCompletionTokens { get; set; }

    /// <summary>When it was pinned above the others; null where it is not.</summary>
    public DateTime? PinnedAt { get; set; }

    /// <summary>When it was put away from the list; null where it was not.</summary>
    public DateTime? ArchivedAt { get; set; }

    /// <summary>When it was moved to the trash; null where it was not. What is in the trash is found by the trash alone.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Its tags by name; empty where they were not asked for (<see cref="TagQueries"/>).</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>The owner's revision when the conversation or one of its messages last changed.</summary>
    public long Revision { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Conversation>
    {
        public void Configure(EntityTypeBuilder<Conversation> builder)
        {
            builder.ToTable("conversations");
            builder.Ignore(conversation => conversation.Tags);
            builder.Property(conversation => conversation.Title).HasMaxLength(255);
            builder.HasIndex(conversation => conversation.Uid).IsUnique();
            builder.HasIndex(conversation => new { conversation.OwnerId, conversation.UpdatedAt, conversation.Id });
            builder.HasIndex(conversation => new { conversation.OwnerId, conversation.Revision });
            builder.HasIndex(conversation => new { conversation.OwnerId, conversation.PinnedAt }).HasFilter("pinned_at IS NOT NULL");
            builder.HasIndex(conversation => new { conversation.OwnerId, conversation.ArchivedAt }).HasFilter("archived_at IS NOT NULL");
            builder.HasIndex(conversation => new { conversation.OwnerId, conversation.DeletedAt }).HasFilter("deleted_at IS NOT NULL");
        }
    }
}
