using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TahoChat.Api.Conversations;

/// <summary>A word that a person put on a conversation.</summary>
public sealed class ConversationTag
{
    public long ConversationId { get; set; }

    /// <summary>The name as names are compared: in lower case.</summary>
    public string Key { get; set; } = "";

    /// <summary>As the person wrote it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What <see cref="Key"/> is for a name.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    internal sealed class Mapping : IEntityTypeConfiguration<ConversationTag>
    {
        public void Configure(EntityTypeBuilder<ConversationTag> builder)
        {
            builder.ToTable("conversation_tags");
            builder.HasKey(tag => new { tag.ConversationId, tag.Key });
            builder.Property(tag => tag.Name).HasMaxLength(64);
            builder.HasOne<Conversation>().WithMany().HasForeignKey(tag => tag.ConversationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(tag => tag.Key);
        }
    }
}
