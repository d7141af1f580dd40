namespace TahoChat.Api.Settings;

/// <summary>Reads <c>BACKUP_HOURS</c> and <c>BACKUP_KEEP</c>.</summary>
internal static class BackupSettingsReader
{
    /// <summary>A year.</summary>
    private const int MostHours = 24 * 366;

    public static BackupSettings Read(SettingValues values) => new()
    {
        Every = values.Number("BACKUP_HOURS", 0, MostHours, 0) is var hours and > 0 ? TimeSpan.FromHours(hours) : null,
        Keep = values.Number("BACKUP_KEEP", 1, 10_000, new BackupSettings().Keep),
    };
}
