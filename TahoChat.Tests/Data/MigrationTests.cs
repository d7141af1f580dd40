using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace TahoChat.Tests.Data;

/// <summary>A database of every released schema comes up to date with all that is in it.</summary>
public sealed class MigrationTests : IDisposable
{
    /// <summary>Set it and run this class to make the newest schema's fixture.</summary>
    private const string WriteFixture = "TAHOCHAT_WRITE_FIXTURE";

    /// <summary>What the end of a reply that grew or waited may change.</summary>
    private static readonly HashSet<string> _ofTheEnd =
        ["status", "error_code", "error", "finish_reason", "completed_at", "revision", "growing", "updated_at", "content", "last_message"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-migration-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Fixtures => [.. SchemaFixture.Migrations];

    private string Database => Path.Combine(_folder.FullName, "chat.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_schema_has_a_fixture()
    {
        await using var start = new DatabaseStart(Database);
        await using var context = start.Context();
        var migrations = context.Database.GetMigrations().ToList();
        if (Environment.GetEnvironmentVariable(WriteFixture) == "1") await new SchemaFixture(migrations[^1]).WriteAsync(Cancel);
        Assert.Equal(migrations, SchemaFixture.Migrations);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task A_database_of_an_older_schema_keeps_every_row(string migration)
    {
        var fixture = new SchemaFixture(migration);
        fixture.CopyTo(Database);

        await using (var start = new DatabaseStart(Database))
        {
            await start.RunAsync(Cancel);
            await using var context = start.Context();
            Assert.Empty(await context.Database.GetPendingMigrationsAsync(Cancel));
        }

        DatabaseRows.AssertKept(DatabaseRows.Read(fixture.Path), DatabaseRows.Read(Database));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task A_database_of_an_older_schema_is_told_as_it_was(string migration)
    {
        var fixture = new SchemaFixture(migration);
        fixture.CopyTo(Database);

        await using var api = await TestApi.StartAsync(Cancel, folder: _folder.FullName);
        var told = await SchemaFixture.TellAsync(api.Http, Cancel);

        var before = fixture.Told["conversations"]!.AsArray().ToDictionary(item => (long)item!["id"]!, item => item!.AsObject());
        var after = told["conversations"]!.AsArray().ToDictionary(item => (long)item!["id"]!, item => item!.AsObject());
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        foreach (var (id, conversation) in before) AssertTold(conversation, after[id]);
        var statuses = before.Values.SelectMany(item => item.Messages()).Select(message => message.Text("status")!).ToHashSet();
        Assert.Superset(new HashSet<string> { "complete", "stopped", "interrupted", "failed", "streaming", "queued" }, statuses);
    }

    private static void AssertTold(JsonObject before, JsonObject after)
    {
        var grew = before.Messages().Exists(message => message.Text("status") is "streaming" or "queued");
        AssertSame(before, after, name => name == "messages" || (grew && _ofTheEnd.Contains(name)));
        var pairs = before.Messages().Zip(after.Messages()).ToList();
        Assert.Equal(before.Messages().Count, after.Messages().Count);
        foreach (var (was, message) in pairs)
        {
            var unfinished = was.Text("status") is "streaming" or "queued";
            AssertSame(was, message, name => unfinished && _ofTheEnd.Contains(name));
            if (was.Text("status") == "streaming") Assert.Equal("interrupted", message.Text("status"));
        }
    }

    private static void AssertSame(JsonObject before, JsonObject after, Func<string, bool> mayDiffer)
    {
        foreach (var (name, value) in before)
            if (!mayDiffer(name)) Assert.True(JsonNode.DeepEquals(value, after[name]), $"{name}: {value} became {after[name]}");
    }
}
