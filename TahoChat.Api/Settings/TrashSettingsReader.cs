using TahoChat.Api.Trash;

namespace TahoChat.Api.Settings;

/// <summary>Reads <c>TRASH_DAYS</c>.</summary>
internal static class TrashSettingsReader
{
    private const int MostDays = 3650;

    public static TrashSettings Read(SettingValues values) => new(values.Number("TRASH_DAYS", 0, MostDays, TrashSettings.UsualDays));
}
