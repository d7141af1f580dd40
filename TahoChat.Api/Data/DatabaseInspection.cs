using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TahoChat.Api.Data;

/// <summary>Looks at a database that is there, before anything writes to it.</summary>
internal static class DatabaseInspection
{
    /// <summary>How long the pages are checked: a large database as far as that, so that the start stays short.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);

    private const int StepsBetweenLooks = 1000;

    /// <summary>The migrations that were applied, of those that this version knows.</summary>
    /// <exception cref="DatabaseRefusedException">It is damaged, another program's, or a newer version's.</exception>
    public static List<string> Run(string path, IReadOnlyList<string> known)
    {
        var hasLog = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
        using var connection = DatabaseFile.Open(path);
        // Closing the last connection would write the log into a file that may have to be refused.
        if (hasLog) SQLitePCL.raw.sqlite3_db_config(connection.Handle!, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        var fault = (hasLog ? null : CheckLength(path)) ?? Check(connection);
        if (fault is not null) throw new DatabaseRefusedException(Damaged(path, fault));
        var applied = Applied(connection);
        if (applied.Count == 0 && Texts(connection, "SELECT name FROM sqlite_master").Count == 0)
            throw new DatabaseRefusedException($"{path} is empty; it was left as it is. Move it away to start anew.");
        if (applied.Count == 0 || applied.Except(known).Any())
        {
            throw new DatabaseRefusedException(
                $"The database {path} belongs to another program, or to a newer TahoChat; it was left as it is. Set another DATABASE_URL.");
        }

        return applied;
    }

    /// <summary>The migrations that this version knows, oldest first. Entity Framework would say the same, after it has built its model: a start
    /// that has nothing to migrate does not wait for that.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. typeof(ChatDbContext).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The migrations that were applied, whichever version of this program did; none where the database is another's.</summary>
    public static List<string> Applied(SqliteConnection connection)
    {
        var isOurs = Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'").Count == 1;
        return isOurs ? Texts(connection, "SELECT MigrationId FROM __EFMigrationsHistory") : [];
    }

    public static string Damaged(string path, string fault) => $"The database {path} is damaged ({fault}); it was left as it is.";

    /// <summary>SQLite itself reads what is missing of the last page as zeros. With a log, the log has that page.</summary>
    private static string? CheckLength(string path)
    {
        Span<byte> size = stackalloc byte[2];
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        // In the file's header, where 1 stands for 65536.
        var page = RandomAccess.Read(file, size, fileOffset: 16) == 2 ? BinaryPrimitives.ReadUInt16BigEndian(size) : 0;
        return page > 0 && RandomAccess.GetLength(file) % (page == 1 ? 65536 : page) == 0 ? null : "the end of the file is missing";
    }

    /// <summary>What is wrong with its pages, in a line; null where nothing was found in time.</summary>
    private static string? Check(SqliteConnection connection)
    {
        var clock = Stopwatch.StartNew();
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, StepsBetweenLooks, _ => clock.Elapsed > _limit ? 1 : 0, null);
        try
        {
            var found = Texts(connection, "PRAGMA quick_check(1)");
            return found is ["ok"] ? null : string.Join(' ', found).ReplaceLineEndings(" ");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            return null;
        }
        finally
        {
            SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
        }
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }
}
