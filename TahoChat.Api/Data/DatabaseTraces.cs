namespace TahoChat.Api.Data;

/// <summary>What tells that a database was here: a start must not quietly put an empty one in the place of one that was lost.</summary>
internal static class DatabaseTraces
{
    private const string BackupFolder = "backups";

    /// <summary>Where the backups of a database are.</summary>
    public static string BackupsOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, BackupFolder);

    /// <summary>The backups of a database, newest first: in the order of their names they are in the order of time.</summary>
    public static IEnumerable<string> Backups(string path) => Directory.Exists(BackupsOf(path))
        ? Directory.EnumerateFiles(BackupsOf(path), $"{Path.GetFileNameWithoutExtension(path)}-*.db")
            .Where(file => BackupName.TimeOf(path, file) is not null)
            .OrderDescending(StringComparer.Ordinal)
        : [];

    /// <summary>Notes in the lock file that there is a database.</summary>
    public static void Remember(string path, FileStream lockFile)
    {
        if (lockFile.Length > 0) return;
        lockFile.Write(System.Text.Encoding.UTF8.GetBytes(
            $"TahoChat keeps {Path.GetFileName(path)} here; where it is missing, a start does not make an empty one in its place.\n"));
        lockFile.Flush(flushToDisk: true);
    }

    /// <summary>Refuses to make a database where one was, or where none is to be made.</summary>
    /// <param name="wanted">What the person said: true to make one whatever was there, false never to.</param>
    /// <exception cref="DatabaseRefusedException">With the way back, in one line.</exception>
    public static void CheckNew(string path, FileStream lockFile, bool? wanted)
    {
        if (wanted is true) return;
        var newest = Newest(path);
        if (newest is null && lockFile.Length == 0)
        {
            if (wanted is null) return;
            throw new DatabaseRefusedException($"{path} is missing, and NEW_DATABASE=false says that none is to be made: is its volume mounted?");
        }

        var wayBack = newest is null ? "Put it back" : $"Put it back, or the newest copy with: TahoChat.Api restore \"{newest}\"";
        throw new DatabaseRefusedException(
            $"{path} is missing, and there was a database here. {wayBack}. To begin with an empty one, start once with --new-database.");
    }

    /// <summary>The newest copy of a database that is there: a backup, or what was kept before a change.</summary>
    private static string? Newest(string path)
    {
        var kept = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".before-*")
            .Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-journal", StringComparison.Ordinal));
        return Backups(path).Concat(kept).MaxBy(File.GetLastWriteTimeUtc);
    }
}
