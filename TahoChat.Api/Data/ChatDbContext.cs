using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;
using TahoChat.Api.Prompts;
using TahoChat.Api.Shares;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Data;

/// <summary>The database. Handlers read through it; everything that writes goes through <see cref="DatabaseWriter"/>.</summary>
public sealed class ChatDbContext(DbContextOptions<ChatDbContext> options) : DbContext(options)
{
    public DbSet<Owner> Owners => Set<Owner>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationTag> ConversationTags => Set<ConversationTag>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<Claim> Claims => Set<Claim>();

    public DbSet<ToolSetting> ToolSettings => Set<ToolSetting>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<AttachmentContent> AttachmentContents => Set<AttachmentContent>();

    public DbSet<MessageAttachment> MessageAttachments => Set<MessageAttachment>();

    public DbSet<Prompt> Prompts => Set<Prompt>();

    public DbSet<Share> Shares => Set<Share>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ChatDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase.From(property.Name));
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<MessageRole>().HaveConversion<SnakeCaseConverter<MessageRole>>();
        configurationBuilder.Properties<MessageStatus>().HaveConversion<SnakeCaseConverter<MessageStatus>>();
        configurationBuilder.Properties<AttachmentKind>().HaveConversion<SnakeCaseConverter<AttachmentKind>>();
        configurationBuilder.Properties<PhaseKind>().HaveConversion<SnakeCaseConverter<PhaseKind>>();
        configurationBuilder.Properties<PromptKind>().HaveConversion<SnakeCaseConverter<PromptKind>>();
        configurationBuilder.Properties<TitleSource>().HaveConversion<SnakeCaseConverter<TitleSource>>();
    }

    /// <summary>Times are UTC; SQLite keeps them as text that sorts, and cannot order a DateTimeOffset.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed class SnakeCaseConverter<T>() : ValueConverter<T, string>(
        value => SnakeCase.From(value.ToString()), text => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), true))
        where T : struct, Enum;
}
