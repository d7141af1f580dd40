using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Shares;

/// <summary>A conversation as it was when somebody shared it, to be read by whoever has the address.</summary>
public sealed class Share
{
    public long Id { get; set; }

    public string OwnerId { get; set; } = Owner.Local;

    public long ConversationId { get; set; }

    /// <summary>The leaf that was shown: the path to it is what is shared, whatever is said or selected later.</summary>
    public long HeadId { get; set; }

    /// <summary>The title as it was.</summary>
    public string Title { get; set; } = "";

    /// <summary>SHA-256 of the address's token, in hexadecimal; the token itself is kept nowhere.</summary>
    public string TokenHash { get; set; } = "";

    public DateTime CreatedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Share>
    {
        public void Configure(EntityTypeBuilder<Share> builder)
        {
            builder.ToTable("shares");
            builder.Property(share => share.Title).HasMaxLength(255);
            builder.Property(share => share.TokenHash).HasMaxLength(64);
            builder.HasOne<Conversation>().WithMany().HasForeignKey(share => share.ConversationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(share => share.TokenHash).IsUnique();
        }
    }
}
