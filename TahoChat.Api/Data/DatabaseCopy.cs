using Microsoft.Data.Sqlite;

namespace TahoChat.Api.Data;

/// <summary>Copies a database that may be in use, one state of it and all of that: SQLite's online backup, with the write-ahead log.
/// The original is only read: it is neither migrated nor locked, and its log stays where it is.</summary>
internal static class DatabaseCopy
{
    /// <summary>A checked copy at <paramref name="target"/>, there as a whole or not at all; only who may read the original may read it.</summary>
    /// <param name="draft">The name of the copy in the making; null for one beside the target.</param>
    /// <param name="overwrite">Whether a file at <paramref name="target"/> is replaced.</param>
    /// <param name="check">Looks further into the copy.</param>
    /// <exception cref="SqliteException">It could not be made, or is damaged (<c>SQLITE_CORRUPT</c>): nothing is there then.</exception>
    public static void Make(string path, string target, string? draft = null, bool overwrite = true, Action<SqliteConnection>? check = null)
    {
        draft ??= DatabaseFile.Draft(target);
        try
        {
            Fill(path, draft, check);
            File.Move(draft, target, overwrite);
        }
        finally
        {
            DatabaseFile.Discard(draft);
        }
    }

    /// <summary>Copies into <paramref name="draft"/>, which is new, and checks what is there then.</summary>
    /// <param name="check">Looks further into the copy.</param>
    public static void Fill(string path, string draft, Action<SqliteConnection>? check)
    {
        CreateAsPrivateAs(path, draft);
        using var copy = DatabaseFile.Open(draft);
        using (var source = OpenToRead(path)) source.BackupDatabase(copy);
        if (Text(copy, "PRAGMA integrity_check(1)") != "ok") throw new SqliteException("The copy is damaged.", SQLitePCL.raw.SQLITE_CORRUPT);
        check?.Invoke(copy);
        // One file that can be read wherever it lies, also where no log can be made beside it.
        Text(copy, "PRAGMA journal_mode = 'delete'");
    }

    /// <summary>A connection that leaves what it finds: a log that is there stays, though it be the last connection, and none is left
    /// where none was (a read-only one would leave its own).</summary>
    private static SqliteConnection OpenToRead(string path)
    {
        var hasLog = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(DataServices.ConnectionString(path))
        {
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        connection.Open();
        if (hasLog) SQLitePCL.raw.sqlite3_db_config(connection.Handle!, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        return connection;
    }

    /// <summary>SQLite opens an empty file as a new database.</summary>
    private static void CreateAsPrivateAs(string path, string draft)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.GetUnixFileMode(path);
        using var file = new FileStream(draft, options);
    }

    private static string? Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
