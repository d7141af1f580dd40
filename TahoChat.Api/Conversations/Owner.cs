using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TahoChat.Api.Conversations;

/// <summary>Somebody to whom rows belong.</summary>
public sealed class Owner
{
    /// <summary>The owner of everything while there is no sign-in of several people.</summary>
    public const string Local = "local";

    public string Id { get; set; } = Local;

    /// <summary>Counts the changes of all that the owner has; never goes back.</summary>
    public long Revision { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Owner>
    {
        public void Configure(EntityTypeBuilder<Owner> builder)
        {
            builder.ToTable("owners");
            builder.HasData(new Owner { Id = Local });
        }
    }
}

/// <summary>What is left of a deleted conversation, so that other tabs learn of it.</summary>
public sealed class Tombstone
{
    /// <summary>The id that the conversation had.</summary>
    public long ConversationId { get; set; }

    public string OwnerId { get; set; } = Owner.Local;

    public long Revision { get; set; }

    public DateTime DeletedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Tombstone>
    {
        public void Configure(EntityTypeBuilder<Tombstone> builder)
        {
            builder.ToTable("tombstones");
            builder.HasKey(tombstone => tombstone.ConversationId);
            builder.Property(tombstone => tombstone.ConversationId).ValueGeneratedNever();
            builder.HasIndex(tombstone => new { tombstone.OwnerId, tombstone.Revision });
        }
    }
}
