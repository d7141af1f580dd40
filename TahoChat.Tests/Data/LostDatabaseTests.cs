using Microsoft.Data.Sqlite;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Data;

/// <summary>A start never puts an empty database in the place of one that was lost.</summary>
public sealed class LostDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-lost-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "chat.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_start_where_the_database_was_lost_is_refused_until_an_empty_one_is_asked_for()
    {
        await StartAsync();
        File.Delete(Database);

        var refusal = await RefusedAsync();
        Assert.Equal($"{Database} is missing, and there was a database here. Put it back. To begin with an empty one, start once with --new-database.", refusal);
        Assert.False(File.Exists(Database));

        await StartAsync(createNew: true);
        await StartAsync();
    }

    [Theory]
    [InlineData("backups/chat-20261123T083000.000Z.db")]
    [InlineData("chat.db.before-20260101000000_First")]
    [InlineData("chat.db.before-restore-20261123T083000.000Z")]
    public async Task A_copy_that_is_there_tells_that_a_database_was(string copy)
    {
        var path = Path.Combine(_folder.FullName, copy);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "a copy", Cancel);

        Assert.Contains($"restore \"{path}\"", await RefusedAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Theory]
    [InlineData("chat-mine.db")]
    [InlineData("other-20261123T083000.000Z.db")]
    [InlineData("chat-20261123T083000.000Z.db.new")]
    public async Task Another_file_among_the_backups_tells_nothing(string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "backups"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "backups", name), "not ours", Cancel);

        await StartAsync();
    }

    [Fact]
    public async Task A_folder_that_was_deleted_as_a_whole_begins_anew()
    {
        var folder = Path.Combine(_folder.FullName, "data");
        await using (var start = new DatabaseStart(Path.Combine(folder, "chat.db"))) await start.RunAsync(Cancel);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);

        await using var again = new DatabaseStart(Path.Combine(folder, "chat.db"));
        await again.RunAsync(Cancel);
    }

    [Fact]
    public async Task Where_none_may_be_made_an_empty_folder_is_refused()
    {
        Assert.Contains("is its volume mounted?", await RefusedAsync(createNew: false), StringComparison.Ordinal);
        await StartAsync();
        await StartAsync(createNew: false);
    }

    private async Task StartAsync(bool? createNew = null)
    {
        await using var start = new DatabaseStart(Database, createNew);
        await start.RunAsync(Cancel);
        SqliteConnection.ClearAllPools();
    }

    private async Task<string> RefusedAsync(bool? createNew = null)
    {
        await using var start = new DatabaseStart(Database, createNew);
        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal.Message;
    }
}
