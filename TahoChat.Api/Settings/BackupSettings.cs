namespace TahoChat.Api.Settings;

/// <summary>When the database is backed up by itself, and how many backups are kept.</summary>
public sealed record BackupSettings
{
    /// <summary>How old the newest backup may be before another one is made; null: none is made by itself.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>How many are kept, whoever asked for them; the oldest go first.</summary>
    public int Keep { get; init; } = 10;
}
