using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Import;

/// <summary>The database of the FastAPI application is imported, and its conversations go on.</summary>
public sealed class FastApiImportTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_db_of_the_FastAPI_application_is_imported_and_its_conversations_go_on()
    {
        var file = Database(
            """
            INSERT INTO conversations VALUES (1, 'Harbours', '2024-05-01 10:00:00.000000', '2024-05-01 10:05:00.123456');
            INSERT INTO conversations VALUES (7, NULL, '2024-05-02 10:00:00', '2024-05-02 10:00:00');
            INSERT INTO messages VALUES (1, 1, 'user', 'Which harbour freezes?', '2024-05-01 10:00:01.500000');
            INSERT INTO messages VALUES (2, 7, 'user', 'Nobody answered this', '2024-05-02 10:00:01');
            INSERT INTO messages VALUES (3, 1, 'assistant', 'The one of Luleå does.', '2024-05-01 10:00:02');
            INSERT INTO messages VALUES (9, 99, 'user', 'Of a conversation that is gone', '2024-05-01 10:00:02');
            """);
        var job = await Api.ImportAsync(file, Cancel);
        Assert.Equal(("done", "fastapi", 2L), (job.Text("state"), job.Text("format"), job.Number("imported")));
        var list = (await Api.CallAsync("GET", "/conversations", Cancel)).List;
        Assert.Equal(["Nobody answered this", "Harbours"], list.ConvertAll(item => item.Text("title")));
        Assert.Equal("2024-05-01T10:05:00.123456Z", list[1].Text("updated_at"));
        var id = list[1].Number("id");
        var messages = (await Api.ConversationAsync(id, Cancel)).Messages();
        Assert.Equal("2024-05-01T10:00:01.5Z", messages[0].Text("created_at"));

        await using var socket = await Api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "And in summer? [emulator echo=\"no ice\"]", conversation_id = id }, Cancel);

        Assert.Equal("complete", turn[^1].Text("status"));
        var asked = Api.Replies("And in summer?").Single().Body;
        Assert.Contains("Which harbour freezes?", asked, StringComparison.Ordinal);
        Assert.Contains("The one of Luleå does.", asked, StringComparison.Ordinal);
        Assert.Equal(4, (await Api.ConversationAsync(id, Cancel)).Messages().Count);
        Assert.Equal("Harbours", (await Api.ConversationAsync(id, Cancel)).Text("title"));
        var again = await Api.ImportAsync(file, Cancel);
        Assert.Equal((0L, 1L, 1L), (again.Number("imported"), again.Number("unchanged"), again.Number("changed_since")));

        // Ids begin at 1 in every such database.
        var other = await Api.ImportAsync(Database("INSERT INTO conversations VALUES (1, 'Another one', '2025-01-01 10:00:00', '2025-01-01 10:00:00')"), Cancel);
        Assert.Equal(1, other.Number("imported"));
    }

    [Fact]
    public async Task A_database_that_is_none_of_these_is_refused()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Import:Limits:Check"] = "00:00:02" });
        Assert.Equal("unknown_format", (await api.RefusalAsync(Database("DROP TABLE messages"), Cancel)).Code);
        // What an index demands of each row would run for a minute.
        Assert.Contains("takes longer", (await api.RefusalAsync(Database(
            """
            INSERT INTO messages SELECT value, 1, 'user', 'x', NULL FROM generate_series(1, 500);
            CREATE INDEX slow ON messages (id) WHERE length(hex(id)) < 0;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = 'CREATE INDEX slow ON messages (id) WHERE length(hex(hex(hex(hex(zeroblob(4000000 + id % 2)))))) < 0' WHERE name = 'slow';
            """), Cancel)).Detail, StringComparison.Ordinal);
        Assert.Equal("unknown_format", (await api.RefusalAsync(Database("DROP TABLE messages; CREATE VIEW messages AS SELECT 1 AS id, 1 AS conversation_id, 'user' AS role, 'x' AS content"), Cancel)).Code);
        Assert.Equal("unknown_format", (await api.RefusalAsync(Database(
            "DROP TABLE messages; CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation_id INTEGER, role TEXT, content TEXT AS (hex(zeroblob(1000000000))))"), Cancel)).Code);
        var (code, detail) = await api.RefusalAsync(Database(
            """
            INSERT INTO conversations VALUES (1, 'x', '2024-05-01 10:00:00', '2024-05-01 10:00:00');
            INSERT INTO messages VALUES (1, 1, 'user', 'fine', '2024-05-01 10:00:00');
            INSERT INTO messages VALUES (2, 1, 'robot', 'not so', '2024-05-01 10:00:00');
            """), Cancel);
        Assert.Equal(("invalid_import", "Table messages, row 2: its role is neither user, assistant nor system."), (code, detail));
        var damaged = Database("INSERT INTO conversations SELECT value, hex(zeroblob(200)), '2024-05-01 10:00:00', '2024-05-01 10:00:00' FROM generate_series(1, 500)");
        Assert.Equal("damaged_file", (await api.RefusalAsync(damaged[..^4096], Cancel)).Code);
        var own = Path.Combine(api.Folder, "own.db");
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var copy = connection.CreateCommand();
            copy.CommandText = $"VACUUM INTO '{own}'";
            await copy.ExecuteNonQueryAsync(Cancel);
        }

        Assert.Contains("TahoChat itself", (await api.RefusalAsync(await File.ReadAllBytesAsync(own, Cancel), Cancel)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_database_demands_of_its_rows_is_not_run_and_one_with_a_log_comes_without_it()
    {
        var file = Database(
            """
            PRAGMA ignore_check_constraints = ON;
            DROP TABLE conversations;
            CREATE TABLE conversations (id INTEGER NOT NULL PRIMARY KEY, title TEXT CHECK (title = 'never'), created_at DATETIME, updated_at DATETIME);
            INSERT INTO conversations VALUES (1, 'With a log', '2023-05-01 10:00:00', '2023-05-01 10:00:00');
            PRAGMA journal_mode = WAL;
            """);
        Assert.Equal((2, 2), (file[18], file[19]));
        await using var api = await TestApi.StartAsync(Cancel);
        var job = await api.ImportAsync(file, Cancel);
        Assert.Equal(("done", 1L), (job.Text("state"), job.Number("imported")));
    }

    /// <summary>As SQLAlchemy makes it.</summary>
    private static byte[] Database(string rows)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText =
                    $"""
                    CREATE TABLE conversations (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255), created_at DATETIME, updated_at DATETIME);
                    CREATE TABLE messages (id INTEGER NOT NULL PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversations (id),
                        role VARCHAR(50) NOT NULL, content TEXT NOT NULL, created_at DATETIME);
                    {Series(rows)};
                    """;
                command.CommandText = "PRAGMA foreign_keys = OFF;" + command.CommandText;
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The build of SQLite need not have that function.</summary>
    private static string Series(string rows) => rows.Replace(
        "FROM generate_series(1, 500)",
        "FROM (WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < 500) SELECT value FROM numbers)",
        StringComparison.Ordinal);
}
