using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Prompts;

/// <summary>What a preset is put into.</summary>
public enum PromptKind
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>A conversation's system prompt.</summary>
    System,
}

/// <summary>A text that a person keeps to use again.</summary>
public sealed class Prompt
{
    public long Id { get; set; }

    /// <summary>Permanent, the same on every machine that it is moved to.</summary>
    public Guid Uid { get; set; }

    public string OwnerId { get; set; } = Owner.Local;

    /// <summary>As the person wrote it: a slash command, of which an owner has one of each name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name as names are compared: in lower case.</summary>
    public string Key { get; set; } = "";

    public PromptKind Kind { get; set; }

    public string Text { get; set; } = "";

    public DateTime UpdatedAt { get; set; }

    /// <summary>What <see cref="Key"/> is for a name.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    internal sealed class Mapping : IEntityTypeConfiguration<Prompt>
    {
        public void Configure(EntityTypeBuilder<Prompt> builder)
        {
            builder.ToTable("prompts");
            builder.Property(prompt => prompt.Name).HasMaxLength(Limits.PromptName);
            builder.HasIndex(prompt => prompt.Uid).IsUnique();
            builder.HasIndex(prompt => new { prompt.OwnerId, prompt.Key }).IsUnique();
        }
    }
}
