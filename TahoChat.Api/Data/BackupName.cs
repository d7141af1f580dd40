using System.Globalization;

namespace TahoChat.Api.Data;

/// <summary>The names of backups, <c>chat-20261123T083000.000Z.db</c>: what bears another name is somebody else's, and stays.</summary>
internal static class BackupName
{
    private const string Format = "yyyyMMdd'T'HHmmss.fff'Z'";

    public static string For(string database, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(database)}-{now.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}.db");

    /// <summary>When a backup was made; null where the file is none of this database.</summary>
    public static DateTimeOffset? TimeOf(string database, string file)
    {
        var prefix = Path.GetFileNameWithoutExtension(database) + "-";
        var name = Path.GetFileNameWithoutExtension(file);
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(
                name[prefix.Length..], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
