using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TahoChat.Bench;

/// <summary>A conversation as somebody has it who never begins a new one, put into the database of a server that is not running.</summary>
internal static class LongConversation
{
    /// <summary>Writes turns of a question and a reply with a list and some code.</summary>
    /// <returns>The conversation's id.</returns>
    public static async Task<long> WriteAsync(string database, int messages, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
        var began = DateTime.UtcNow.AddDays(-30);
        var id = await BeginAsync(connection, began, cancellationToken);
        long? parent = null;
        for (var depth = 1; depth <= messages; depth++)
            parent = await AddAsync(connection, id, parent, depth, began.AddMinutes(depth), cancellationToken);
        await RunAsync(connection, "UPDATE conversations SET head_id = $head WHERE id = $id", cancellationToken, ("$head", parent), ("$id", id));
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    private static Task<long> BeginAsync(SqliteConnection connection, DateTime began, CancellationToken cancellationToken) =>
        RunAsync(
            connection,
            """
            INSERT INTO conversations (uid, owner_id, title, title_source, created_at, updated_at, revision)
            VALUES ($uid, 'local', 'A long conversation', 'person', $at, $at, (SELECT revision FROM owners WHERE id = 'local'))
            RETURNING id
            """,
            cancellationToken,
            ("$uid", NewUid()), ("$at", Text(began)));

    private static Task<long> AddAsync(
        SqliteConnection connection, long conversation, long? parent, int depth, DateTime at, CancellationToken cancellationToken) =>
        RunAsync(
            connection,
            """
            INSERT INTO messages (uid, owner_id, conversation_id, parent_id, depth, role, status, content, reasoning, created_at, completed_at, revision)
            VALUES ($uid, 'local', $conversation, $parent, $depth, $role, 'complete', $content, '', $at, $at, 0)
            RETURNING id
            """,
            cancellationToken,
            ("$uid", NewUid()), ("$conversation", conversation), ("$parent", parent), ("$depth", depth),
            ("$role", depth % 2 == 1 ? "user" : "assistant"), ("$content", depth % 2 == 1 ? Question(depth) : Reply(depth)), ("$at", Text(at)));

    private static string Question(int depth) => $"Question {depth}: what comes after {depth - 1}, and how would you count on from there?";

    private static string Reply(int depth) =>
        $"""
        After **{depth - 1}** comes {depth}. To count on:

        1. take the number you have,
        2. add one to it,
        3. go on as long as you like.

        ```python
        for number in range({depth}, {depth + 10}):
            print(number)
        ```

        The same works for every number that you will meet on the way, however long the way is.
        """;

    private static async Task<long> RunAsync(
        SqliteConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return await command.ExecuteScalarAsync(cancellationToken) is long id ? id : 0;
    }

    // As EF Core writes both.
    private static string NewUid() => Guid.CreateVersion7().ToString().ToUpperInvariant();

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
