using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Tools;

/// <summary>What a person decided about a tool; a tool without a row is as it came.</summary>
public sealed class ToolSetting
{
    public string OwnerId { get; set; } = Owner.Local;

    /// <summary>The tool's name as the model knows it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether the model is offered it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether it runs without asking.</summary>
    public bool AlwaysAllowed { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ToolSetting>
    {
        public void Configure(EntityTypeBuilder<ToolSetting> builder)
        {
            builder.ToTable("tool_settings");
            builder.HasKey(setting => new { setting.OwnerId, setting.Name });
            builder.Property(setting => setting.Name).HasMaxLength(64);
        }
    }
}
