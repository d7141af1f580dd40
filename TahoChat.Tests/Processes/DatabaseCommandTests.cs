using Microsoft.Data.Sqlite;
using TahoChat.Api.Lifetime;
using TahoChat.Tests.Data;

namespace TahoChat.Tests.Processes;

/// <summary><c>backup</c> and <c>restore</c> as a person runs them.</summary>
public sealed class DatabaseCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_beside_a_server_is_restored_once_the_server_is_stopped()
    {
        using var folder = new ProcessFolder();
        await using (var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0")))
        {
            await using var socket = await api.ConnectAsync(Cancel);
            await socket.TurnAsync(new { message = "Kept", client_message_id = "first" }, Cancel);

            Assert.Contains("is backed up to " + Path.Combine(folder, "copy.db"), await DoneAsync(folder, "backup", "copy.db"), StringComparison.Ordinal);
            Assert.Contains("is there already", await RefusedAsync(folder, 1, "backup", "copy.db"), StringComparison.Ordinal);
            Assert.Contains("is the database itself", await RefusedAsync(folder, 1, "backup", folder.Database + ".lock", "--force"), StringComparison.Ordinal);
            await socket.TurnAsync(new { message = "Lost", client_message_id = "second" }, Cancel);
            Assert.Contains("in use by another TahoChat; stop it first", await RefusedAsync(folder, 1, "restore", "copy.db"), StringComparison.Ordinal);
            await api.EndAfterAsync("KILL", Cancel);
        }

        Assert.True(new FileInfo(folder.Database + "-wal").Length > 0);
        var told = await DoneAsync(folder, "restore", "copy.db");
        Assert.Equal(["first"], folder.Messages());
        var kept = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(folder.Database)!, "chat.db.before-restore-*"));
        Assert.Contains(kept, told, StringComparison.Ordinal);
        Assert.Equal(["first", "second"], Texts(kept, "SELECT client_message_id FROM messages WHERE client_message_id IS NOT NULL ORDER BY id"));
        await using var again = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        Assert.Contains("Kept", await again.Http().GetStringAsync("/history", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_an_older_schema_is_copied_as_it_is_by_the_settings_of_the_server()
    {
        using var folder = new ProcessFolder();
        var fixture = new SchemaFixture(SchemaFixture.Migrations[0]);
        var database = Path.Combine(folder, "elsewhere", "old.db");
        fixture.CopyTo(database);
        folder.WriteEnvFile("DATABASE_URL=sqlite+aiosqlite:///./elsewhere/old.db\n");
        var before = await File.ReadAllBytesAsync(database, Cancel);

        await DoneAsync(folder, "backup", "copy.db");

        Assert.Equal(before, await File.ReadAllBytesAsync(database, Cancel));
        Assert.Equal([database], Directory.GetFiles(Path.GetDirectoryName(database)!));
        var copy = Path.Combine(folder, "copy.db");
        Assert.Equal(SchemaFixture.Migrations[0], Texts(copy, "SELECT max(MigrationId) FROM __EFMigrationsHistory").Single());
        Assert.Equal(
            Texts(fixture.Path, "SELECT status || content FROM messages ORDER BY id"), Texts(copy, "SELECT status || content FROM messages ORDER BY id"));
        Assert.Contains("streaming", Texts(copy, "SELECT status FROM messages"));
    }

    [Theory]
    [InlineData(2, "Usage: ", "backup")]
    [InlineData(2, "Usage: ", "restore", "one.db", "two.db")]
    [InlineData(1, "There is no database at ", "backup", "copy.db")]
    [InlineData(1, "There is no file ", "restore", "copy.db")]
    public async Task What_makes_no_sense_is_told_in_a_line(int code, string reason, params string[] arguments)
    {
        using var folder = new ProcessFolder();
        Assert.StartsWith(reason, await RefusedAsync(folder, code, arguments), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(Failpoint.RestoreBeforeKeep, "old")]
    [InlineData(Failpoint.RestoreBeforeReplace, "old")]
    [InlineData(Failpoint.RestoreAfterReplace, "new")]
    public async Task A_kill_during_a_restore_leaves_the_old_database_or_the_new_one(string point, string expected)
    {
        using var folder = new ProcessFolder();
        var fixture = new SchemaFixture(SchemaFixture.Migrations[^1]);
        fixture.CopyTo(folder.Database);
        var copy = Path.Combine(folder, "copy.db");
        File.Copy(folder.Database, copy);
        await using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE conversations SET title = 'new'";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await using (var killed = await ApiProcess.RunAsync(folder, ["restore", "copy.db"], Cancel, (ApiProcess.Failpoint, point)))
            Assert.NotInRange(killed.ExitCode, 0, 2);

        Assert.Equal(["ok"], folder.Query("PRAGMA integrity_check", row => row.GetString(0)));
        Assert.Equal(expected == "new", folder.Query("SELECT title FROM conversations", row => row.GetString(0)).All(title => title == "new"));
        await using (var start = new DatabaseStart(folder.Database)) await start.RunAsync(Cancel);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder.Database)!, "*-wal"));
    }

    private static async Task<string> DoneAsync(ProcessFolder folder, params string[] arguments)
    {
        await using var done = await ApiProcess.RunAsync(folder, arguments, Cancel);
        Assert.Empty(done.Errors);
        Assert.Equal(0, done.ExitCode);
        return Assert.Single(done.Output);
    }

    private static async Task<string> RefusedAsync(ProcessFolder folder, int code, params string[] arguments)
    {
        await using var refused = await ApiProcess.RunAsync(folder, arguments, Cancel);
        Assert.Empty(refused.Output);
        Assert.Equal(code, refused.ExitCode);
        return Assert.Single(refused.Errors);
    }

    private static List<string> Texts(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }
}
