using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Data;

/// <summary>The database as a file: whose it is, whether it is one, how it comes to be.</summary>
internal static class DatabaseFile
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Makes the folder where it is missing. The operating system lets go of the lock when the process ends, however
    /// it ends.</summary>
    public static FileStream TakeLock(string path, string wayOut = "stop that one, or give this one another DATABASE_URL")
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException($"The database's folder cannot be made: {exception.Message}");
        }

        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            throw new DatabaseRefusedException(
                $"The database {path} is in use by another TahoChat; {wayOut}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException($"The database {path} cannot be written: {exception.Message}");
        }
    }

    /// <summary>EAGAIN of Linux and of macOS, and Windows' sharing and lock violations; other errors have other reasons.</summary>
    private static bool IsHeldByAnother(IOException exception) =>
        (uint)exception.HResult is 11 or 35 or 0x80070020 or 0x80070021;

    /// <summary>Whether there is a database; refuses what SQLite would quietly open as an empty one.</summary>
    public static bool IsThere(string path)
    {
        if (!File.Exists(path))
        {
            if (!File.Exists(path + "-wal")) return false;
            throw new DatabaseRefusedException(
                $"{path} is missing, but its write-ahead log {path}-wal is there: put the database back, or move the log away.");
        }

        if (FaultOf(path) is { } what) throw new DatabaseRefusedException($"{path} is {what}; it was left as it is. Move it away to start anew.");
        return true;
    }

    /// <summary>What a file is that is no database; null where it may be one.</summary>
    public static string? FaultOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[16];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Magic)) return null;
        return file.Length == 0 ? "empty" : "no SQLite database";
    }

    /// <summary>Makes a new database under another name and renames it, so that a kill leaves no half of one.</summary>
    public static async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        var draft = Draft(path);
        await MigrateAsync(draft, cancellationToken);
        Failpoint.Hit(Failpoint.DatabaseBeforeRename);
        File.Move(draft, path);
    }

    /// <summary>Migrates a copy and puts it in the database's place: rebuilding a table takes statements that no transaction
    /// holds together, so a kill among them would leave neither the old schema nor the new one.</summary>
    public static async Task ReplaceAsync(string path, string copy, CancellationToken cancellationToken)
    {
        var draft = Draft(path);
        File.Copy(copy, draft);
        await MigrateAsync(draft, cancellationToken);
        // The last connection takes the write-ahead log with it; it must not be there when the new file is.
        await using (var old = Open(path))
        {
            await using var checkpoint = old.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync(cancellationToken);
        }

        Failpoint.Hit(Failpoint.DatabaseBeforeRename);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>A copy beside the database; returns its path. It is there as a whole or not at all.</summary>
    public static string CopyBefore(string path, string migration)
    {
        var copy = string.Create(CultureInfo.InvariantCulture, $"{path}.before-{migration}");
        var draft = Draft(path);
        using (var source = Open(path))
        using (var target = Open(draft)) source.BackupDatabase(target);
        File.Move(draft, copy, overwrite: true);
        return copy;
    }

    /// <summary>A connection that is closed when it is disposed of.</summary>
    internal static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"{DataServices.ConnectionString(path)};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>The name of a database in the making, free of what a kill left there.</summary>
    internal static string Draft(string path)
    {
        Discard(DraftOf(path));
        return DraftOf(path);
    }

    internal static string DraftOf(string path) => path + ".new";

    /// <summary>Deletes a database with all that SQLite keeps beside it.</summary>
    internal static void Discard(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(path + suffix);
    }

    private static async Task MigrateAsync(string draft, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DataServices.Configure(options, draft);
        await using (var context = new ChatDbContext(options.Options))
        {
            // A process killed while an older version of this program migrated in place left its row, and EF waits for ever on it.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
            await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }

        using var connection = new SqliteConnection(DataServices.ConnectionString(draft));
        SqliteConnection.ClearPool(connection);
    }
}
