using Microsoft.Data.Sqlite;
using TahoChat.Api.Lifetime;
using TahoChat.Tests.Data;

namespace TahoChat.Tests.Processes;

/// <summary>A process killed while it makes or migrates a database leaves one that the next process makes or migrates.</summary>
public sealed class MigrationKillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> OlderSchemas => [.. SchemaFixture.Migrations.SkipLast(1)];

    /// <summary>The oldest schema goes through all migrations there are.</summary>
    [Fact]
    public async Task A_kill_anywhere_in_the_migrations_from_the_first_schema_keeps_every_row() => await KillWhileItMigratesAsync(SchemaFixture.Migrations[0], step: 4);

    [Fact]
    public async Task A_kill_after_any_statement_of_the_newest_migration_keeps_every_row() => await KillWhileItMigratesAsync(SchemaFixture.Migrations[^2], step: 1);

    [Theory(Explicit = true)]
    [MemberData(nameof(OlderSchemas))]
    public async Task A_kill_after_any_statement_of_a_migration_keeps_every_row(string migration) => await KillWhileItMigratesAsync(migration, step: 1);

    [Fact]
    public async Task A_kill_while_the_database_is_made_leaves_none() => await KillWhileItIsMadeAsync(step: 12);

    [Fact(Explicit = true)]
    public async Task A_kill_after_any_statement_of_the_making_leaves_no_database() =>
        Assert.InRange(await KillWhileItIsMadeAsync(step: 1), 20, 1000);

    private static async Task KillWhileItMigratesAsync(string migration, int step)
    {
        var fixture = new SchemaFixture(migration);
        var rows = DatabaseRows.Read(fixture.Path);

        var points = await KillEverywhereAsync(step, async folder =>
        {
            await NextStartAsync(folder);
            DatabaseRows.AssertKept(rows, DatabaseRows.Read(folder.Database));
        }, fixture);

        TestContext.Current.TestOutputHelper!.WriteLine($"{migration}: killed at {points} points");
        Assert.InRange(points, 5, 1000);
    }

    private static Task<int> KillWhileItIsMadeAsync(int step) => KillEverywhereAsync(step, async folder =>
    {
        Assert.False(File.Exists(folder.Database));
        await NextStartAsync(folder);
        Assert.Equal(["local"], folder.Query("SELECT id FROM owners", row => row.GetString(0)));
    });

    /// <summary>Kills one process after each statement until one comes to its end, and one before the rename; returns how many died.</summary>
    private static async Task<int> KillEverywhereAsync(int step, Func<ProcessFolder, Task> check, SchemaFixture? fixture = null)
    {
        var points = 0;
        for (var statement = 1; await DiesAsync($"{Failpoint.MigrationStatement}:{statement}", check, fixture); statement += step) points++;
        Assert.True(await DiesAsync(Failpoint.DatabaseBeforeRename, check, fixture));
        return points + 1;
    }

    private static async Task<bool> DiesAsync(string failpoint, Func<ProcessFolder, Task> check, SchemaFixture? fixture)
    {
        using var folder = new ProcessFolder();
        fixture?.CopyTo(folder.Database);
        try
        {
            await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"), (ApiProcess.Failpoint, failpoint));
            return false;
        }
        catch (ApiProcess.EndedException exception)
        {
            Assert.Empty(exception.Errors);
        }

        await check(folder);
        return true;
    }

    /// <summary>In this process, which is quicker; the file cannot tell the difference.</summary>
    private static async Task NextStartAsync(ProcessFolder folder)
    {
        await using (var start = new DatabaseStart(folder.Database)) await start.RunAsync(Cancel);
        SqliteConnection.ClearAllPools();
        Assert.Equal(["ok"], folder.Query("PRAGMA integrity_check", row => row.GetString(0)));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder.Database)!, "*.new*"));
    }
}
