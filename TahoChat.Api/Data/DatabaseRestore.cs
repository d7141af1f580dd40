using System.Globalization;
using Microsoft.Data.Sqlite;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Data;

/// <summary>Puts a copy in the place of the database, while no server has it. A kill at any moment leaves the old one or the new one.</summary>
internal static class DatabaseRestore
{
    private static readonly string[] _logs = ["-wal", "-journal"];

    /// <summary>Returns where the database as it was is kept; null where there was none.</summary>
    /// <param name="known">The migrations that this version knows.</param>
    /// <exception cref="DatabaseRefusedException">A server has the database, or the copy cannot be one of it: nothing was changed.</exception>
    public static string? Run(string path, string file, IReadOnlyList<string> known, DateTimeOffset now)
    {
        using var held = DatabaseFile.TakeLock(path, "stop it first");
        if (DatabaseFile.FaultOf(file) is { } fault) throw new DatabaseRefusedException($"{file} is {fault}; the database was left as it is.");
        var draft = DatabaseFile.Draft(path);
        try
        {
            DatabaseCopy.Fill(file, draft, copy => Check(copy, file, known));
            var kept = string.Create(CultureInfo.InvariantCulture, $"{path}.before-restore-{now:yyyyMMdd'T'HHmmss.fff'Z'}");
            var isThere = File.Exists(path);
            Failpoint.Hit(Failpoint.RestoreBeforeKeep);
            KeepLog(path, kept);
            Failpoint.Hit(Failpoint.RestoreBeforeReplace);
            // SQLite would read a log that is left here into the new database.
            foreach (var suffix in (string[])["-wal", "-shm", "-journal"]) File.Delete(path + suffix);
            // Gives the old file a second name, then the new file the first one: no moment is without a database.
            if (isThere) File.Replace(draft, path, kept);
            else File.Move(draft, path);
            Failpoint.Hit(Failpoint.RestoreAfterReplace);
            DatabaseTraces.Remember(path, held);
            return isThere ? kept : null;
        }
        finally
        {
            DatabaseFile.Discard(draft);
        }
    }

    private static void Check(SqliteConnection copy, string file, IReadOnlyList<string> known)
    {
        var applied = DatabaseInspection.Applied(copy);
        if (applied.Count == 0) throw new DatabaseRefusedException($"{file} is a database of another program; the database was left as it is.");
        if (applied.Except(known).Any())
            throw new DatabaseRefusedException($"{file} is of a newer TahoChat; restore it with that version. The database was left as it is.");
    }

    /// <summary>What is in the log goes into the database that is kept. A damaged one cannot take it: then the log is kept beside it.</summary>
    private static void KeepLog(string path, string kept)
    {
        // First of all: SQLite deletes the log of what it takes for an empty database.
        var logs = _logs.Where(suffix => new FileInfo(path + suffix) is { Exists: true, Length: > 0 }).ToList();
        foreach (var suffix in logs) File.Copy(path + suffix, kept + suffix);
        try
        {
            if (!File.Exists(path) || DatabaseFile.FaultOf(path) is not null) return;
            EmptyLog(path);
            foreach (var suffix in logs) File.Delete(kept + suffix);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            // Why it is restored, perhaps.
        }
        catch
        {
            foreach (var suffix in logs) File.Delete(kept + suffix);
            throw;
        }
    }

    private static void EmptyLog(string path)
    {
        using var connection = DatabaseFile.Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if (command.ExecuteScalar() is not 0L) throw new DatabaseRefusedException($"The database {path} is in use by another program; close that one first.");
    }
}
