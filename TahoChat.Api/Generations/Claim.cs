using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Generations;

/// <summary>What makes a command happen once: its <c>client_message_id</c>, what it said, and the reply that it began. It is
/// written in the same transaction as that reply, and stays when the conversation goes: a late repetition begins nothing.</summary>
public sealed class Claim
{
    public string OwnerId { get; set; } = Owner.Local;

    /// <summary>The client's own name for the command, unique per owner.</summary>
    public string ClientMessageId { get; set; } = "";

    /// <summary>What the command said, hashed: the same id with another body is a conflict.</summary>
    public string BodyHash { get; set; } = "";

    public long ConversationId { get; set; }

    public long ReplyId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Claim>
    {
        public void Configure(EntityTypeBuilder<Claim> builder)
        {
            builder.ToTable("claims");
            builder.HasKey(claim => new { claim.OwnerId, claim.ClientMessageId });
            builder.Property(claim => claim.ClientMessageId).HasMaxLength(Limits.ClientMessageId);
        }
    }
}
