using Microsoft.Data.Sqlite;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Data;

/// <summary>A file that is no whole database of ours is refused in a line and left as it is, to the byte.</summary>
public sealed class DamagedDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-damaged-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "chat.db");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, byte[]> NoDatabases => new()
    {
        { "is empty", [] },
        { "is no SQLite database", [1, 2, 3] },
        { "is no SQLite database", [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7919 / 13))] },
        { "is damaged", [.. "SQLite format 3\0"u8, .. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7919 / 13))] },
    };

    [Theory]
    [MemberData(nameof(NoDatabases))]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is(string reason, byte[] bytes)
    {
        await File.WriteAllBytesAsync(Database, bytes, Cancel);
        await using var start = new DatabaseStart(Database);

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));

        Assert.Contains($"{Database} {reason}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Database, Cancel));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(4096)]
    [InlineData(40_000)]
    [InlineData(-1)]
    public async Task A_database_of_which_the_end_is_missing_is_refused_and_left_as_it_is(int length)
    {
        var whole = await File.ReadAllBytesAsync(new SchemaFixture(SchemaFixture.Migrations[^1]).Path, Cancel);
        await RefusesAsync(length < 0 ? whole[..^1] : whole[..length]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(11)]
    public async Task A_database_with_a_page_of_rubbish_is_refused_and_left_as_it_is(int page)
    {
        var bytes = await File.ReadAllBytesAsync(new SchemaFixture(SchemaFixture.Migrations[^1]).Path, Cancel);
        bytes.AsSpan((page - 1) * 4096, 4096).Fill(0xA5);
        await RefusesAsync(bytes);
    }

    [Fact]
    public async Task A_damaged_database_is_left_as_it_is_with_its_log()
    {
        await using (var first = new DatabaseStart(Database)) await first.RunAsync(Cancel);
        byte[] log;
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE owners SET revision = revision + 1";
            await command.ExecuteNonQueryAsync(Cancel);
            log = await File.ReadAllBytesAsync(Database + "-wal", Cancel);
        }

        Assert.NotEmpty(log);
        await File.WriteAllBytesAsync(Database + "-wal", log, Cancel);
        var bytes = await File.ReadAllBytesAsync(Database, Cancel);
        bytes.AsSpan(2 * 4096, 4096).Fill(0xA5);
        await RefusesAsync(bytes);
        Assert.Equal(log, await File.ReadAllBytesAsync(Database + "-wal", Cancel));
    }

    [Fact]
    public async Task A_database_without_any_table_is_refused_where_data_was()
    {
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await RefusesAsync(await File.ReadAllBytesAsync(Database, Cancel), "is empty");
    }

    [Fact]
    public async Task A_database_that_another_program_keeps_locked_is_refused_in_a_line()
    {
        await using (var first = new DatabaseStart(Database)) await first.RunAsync(Cancel);
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Cancel);

        await using var start = new DatabaseStart(Database);
        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));

        Assert.Contains("locked", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_log_without_its_database_is_refused_and_left_as_it_is()
    {
        await File.WriteAllBytesAsync(Database + "-wal", [1, 2, 3], Cancel);
        await using var start = new DatabaseStart(Database);

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));

        Assert.Contains($"{Database} is missing", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Database + "-wal", Cancel));
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused_and_left_as_it_is()
    {
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE conversations (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO conversations VALUES (1, 'Theirs')";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        var before = await File.ReadAllBytesAsync(Database, Cancel);
        await using var start = new DatabaseStart(Database);

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));

        Assert.Contains("another program", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database, Cancel));
    }

    private async Task RefusesAsync(byte[] bytes, string reason = "is damaged")
    {
        await File.WriteAllBytesAsync(Database, bytes, Cancel);
        await using var start = new DatabaseStart(Database);

        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));

        TestContext.Current.TestOutputHelper!.WriteLine(refusal.Message);
        Assert.Contains($"{Database} {reason}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Database, Cancel));
    }
}
