using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TahoChat.Api.Data;

/// <summary>The database as a file: whose it is, whether it is one, how it comes to be.</summary>
internal static class DatabaseFile
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Makes the folder where it is missing. The operating system lets go of the lock when the process ends, however
    /// it ends.</summary>
    public static FileStream TakeLock(string path)
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
                $"The database {path} is in use by another TahoChat; stop that one, or give this one another DATABASE_URL.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException($"The database {path} cannot be written: {exception.Message}");
        }
    }

    /// <summary>EAGAIN of Linux and of macOS, and Windows' sharing and lock violations; other errors have other reasons.</summary>
    private static bool IsHeldByAnother(IOException exception) =>
        (uint)exception.HResult is 11 or 35 or 0x80070020 or 0x80070021;

    /// <summary>Refuses what SQLite would quietly open as an empty database.</summary>
    public static void Check(string path)
    {
        if (!File.Exists(path))
        {
            if (File.Exists(path + "-wal"))
            {
                throw new DatabaseRefusedException(
                    $"{path} is missing, but its write-ahead log {path}-wal is there: put the database back, or move the log away.");
            }

            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[16];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual(Magic))
        {
            var what = file.Length == 0 ? "empty" : "no SQLite database";
            throw new DatabaseRefusedException($"{path} is {what}; it was left as it is. Move it away to start anew.");
        }
    }

    /// <summary>Makes a new database under another name and renames it, so that a kill leaves no half of one.</summary>
    public static async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        var draft = path + ".new";
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(draft + suffix);
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DataServices.Configure(options, draft);
        await using (var context = new ChatDbContext(options.Options))
        {
            await context.Database.MigrateAsync(cancellationToken);
            await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }

        using (var connection = new SqliteConnection(DataServices.ConnectionString(draft))) SqliteConnection.ClearPool(connection);
        File.Move(draft, path);
    }

    /// <summary>A copy beside the database, consistent whatever is in its write-ahead log; returns its path.</summary>
    public static string CopyBefore(string path, string migration)
    {
        var copy = string.Create(CultureInfo.InvariantCulture, $"{path}.before-{migration}");
        File.Delete(copy);
        using var source = new SqliteConnection(DataServices.ConnectionString(path));
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        return copy;
    }
}
