using Microsoft.Data.Sqlite;
using TahoChat.Api.Data;
using TahoChat.Tests.Data;

namespace TahoChat.Tests.Backups;

/// <summary>A copy in the place of the database: the right one as a whole, or the one that was there.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-restore-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Known => SchemaFixture.Migrations;

    private string Database => Path.Combine(_folder.FullName, "chat.db");

    private string Copy => Path.Combine(_folder.FullName, "copy.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_in_the_log_is_in_the_database_that_is_kept()
    {
        Make(Database, "old");
        DatabaseCopy.Make(Database, Copy);
        using var left = Open(Database);
        Execute(left, "PRAGMA journal_mode = 'wal'");
        Execute(left, "UPDATE told SET text = 'in the log'");
        // As a kill leaves it: the log is there, and nobody has it open.
        var (bytes, log) = (ReadShared(Database), ReadShared(Database + "-wal"));
        left.Dispose();
        File.WriteAllBytes(Database, bytes);
        File.WriteAllBytes(Database + "-wal", log);
        var whole = Path.Combine(_folder.FullName, "whole.db");
        DatabaseCopy.Make(Database, whole);
        Assert.Equal("in the log", Read(whole));
        Assert.Equal(bytes, File.ReadAllBytes(Database));
        Assert.Equal(log, File.ReadAllBytes(Database + "-wal"));

        var kept = DatabaseRestore.Run(Database, Copy, Known, DateTimeOffset.UtcNow);

        Assert.Equal(("old", "in the log"), (Read(Database), Read(kept!)));
        Assert.False(File.Exists(Database + "-wal"));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.new*"));
    }

    [Fact]
    public void A_damaged_database_is_kept_with_its_log_and_replaced()
    {
        Make(Database, "old");
        DatabaseCopy.Make(Database, Copy);
        File.WriteAllText(Database, "This is no database.");
        File.WriteAllText(Database + "-wal", "Nor is this a log.");

        var kept = DatabaseRestore.Run(Database, Copy, Known, DateTimeOffset.UtcNow);

        Assert.Equal("old", Read(Database));
        Assert.Equal("This is no database.", File.ReadAllText(kept!));
        Assert.Equal("Nor is this a log.", File.ReadAllText(kept + "-wal"));
        Assert.False(File.Exists(Database + "-wal"));
    }

    [Fact]
    public void A_copy_is_restored_where_no_database_is()
    {
        Make(Copy, "copied");
        Assert.Null(DatabaseRestore.Run(Database, Copy, Known, DateTimeOffset.UtcNow));
        Assert.Equal("copied", Read(Database));
    }

    [Fact]
    public async Task While_a_server_has_the_database_it_is_left_alone()
    {
        await using var start = new DatabaseStart(Database);
        await start.RunAsync(Cancel);
        Make(Copy, "copied");
        Assert.Contains("in use by another TahoChat; stop it first", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_copy_of_ours_is_refused_and_the_database_left_as_it_is()
    {
        Make(Database, "old");
        using (var wal = Open(Database)) Execute(wal, "PRAGMA journal_mode = 'wal'");
        var before = File.ReadAllBytes(Database);

        File.WriteAllBytes(Copy, []);
        Assert.Contains("is empty", Refused(), StringComparison.Ordinal);
        File.WriteAllText(Copy, "This is a letter and not a database.");
        Assert.Contains("is no SQLite database", Refused(), StringComparison.Ordinal);
        Make(Copy, "newer", "29990101000000_Later");
        Assert.Contains("is of a newer TahoChat", Refused(), StringComparison.Ordinal);
        File.Delete(Copy);
        using (var theirs = Open(Copy)) Execute(theirs, "CREATE TABLE conversations (id INTEGER PRIMARY KEY)");
        Assert.Contains("of another program", Refused(), StringComparison.Ordinal);
        var damaged = File.ReadAllBytes(new SchemaFixture(Known[0]).Path);
        damaged.AsSpan(2 * 4096, 4096).Fill(0xA5);
        File.WriteAllBytes(Copy, damaged);
        Assert.Throws<SqliteException>(() => DatabaseRestore.Run(Database, Copy, Known, DateTimeOffset.UtcNow));
        using (var other = Open(Database))
        {
            Make(Copy, "good");
            Execute(other, "BEGIN EXCLUSIVE");
            Assert.Contains("in use by another program", Refused(), StringComparison.Ordinal);
            Execute(other, "ROLLBACK");
        }

        Assert.Equal("old", Read(Database));
        Assert.Equal(before, File.ReadAllBytes(Database));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.new*"));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.before-*"));
    }

    [Fact]
    public void A_copy_is_one_file_that_only_who_could_read_the_database_can_read()
    {
        Make(Database, "old");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var wal = Open(Database)) Execute(wal, "PRAGMA journal_mode = 'wal'");

        DatabaseCopy.Make(Database, Copy);

        Assert.Equal("old", Read(Copy));
        Assert.Equal([Database, Copy], Directory.GetFiles(_folder.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(1, File.ReadAllBytes(Copy)[18]);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Copy));
    }

    private string Refused()
    {
        var refusal = Assert.Throws<DatabaseRefusedException>(() => DatabaseRestore.Run(Database, Copy, Known, DateTimeOffset.UtcNow));
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal.Message;
    }

    /// <summary>A database that passes for ours, with something to tell it by.</summary>
    private static void Make(string path, string text, string? migration = null)
    {
        File.Delete(path);
        using var connection = Open(path);
        Execute(connection, "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT, ProductVersion TEXT); CREATE TABLE told (text TEXT)");
        Execute(connection, $"INSERT INTO __EFMigrationsHistory VALUES ('{migration ?? Known[0]}', '10'); INSERT INTO told VALUES ('{text}')");
    }

    private static string? Read(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT text FROM told";
        return command.ExecuteScalar() as string;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
