using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Search.Sqlite;

/// <summary>The index as an FTS5 table, <c>search_index</c>: contentless, its rows numbered by message, and by minus the conversation
/// for a title. FTS5 hands matches out newest first without looking at the others; its own ranking would look at all.</summary>
internal sealed class SqliteMessageSearch(
    DatabaseSettings settings, IDbContextFactory<ChatDbContext> contexts, DatabaseWriter writer, TimeProvider time) : IMessageSearch
{
    /// <summary>Conversations that are named one by one; of more, a filter is not a rare one.</summary>
    private const int MostNamed = 256;

    private readonly SearchQueue _queue = new();

    public IEnumerable<SearchCandidate> Messages(SearchQuestion question, long before, int limit, CancellationToken cancellationToken)
    {
        using var context = contexts.CreateDbContext();
        using var open = new Opened(context);
        var connection = open.Connection;
        using var interrupt = Interrupt(connection, cancellationToken);
        if (!Picked(connection, question, out var conversations)) yield break;
        using var command = connection.Command(
            null,
            $"""
            SELECT c.id, c.title, m.id, m.role, m.model, m.created_at, c.pinned_at IS NOT NULL, c.archived_at IS NOT NULL, m.content
            FROM search_index AS s CROSS JOIN messages AS m ON m.id = s.rowid CROSS JOIN conversations AS c ON c.id = m.conversation_id
            WHERE s.search_index MATCH $match AND s.rowid > 0 AND s.rowid < $before AND m.status <> 'removed'
                AND {Conditions(question.Filter, "m.created_at")}
            ORDER BY s.rowid DESC LIMIT $limit
            """,
            ("$match", SearchMatch.Expression(question, conversations)), ("$before", before), ("$limit", limit));
        Fill(command, question);
        using var rows = Asked(command, cancellationToken);
        while (Next(rows, cancellationToken)) yield return Read(rows);
    }

    public IEnumerable<SearchCandidate> Titles(SearchQuestion question, int limit, CancellationToken cancellationToken)
    {
        using var context = contexts.CreateDbContext();
        using var open = new Opened(context);
        var connection = open.Connection;
        using var interrupt = Interrupt(connection, cancellationToken);
        if (!Picked(connection, question, out var conversations)) yield break;
        using var command = connection.Command(
            null,
            $"""
            SELECT c.id, c.title, NULL, NULL, NULL, c.created_at, c.pinned_at IS NOT NULL, c.archived_at IS NOT NULL, c.title
            FROM search_index AS s CROSS JOIN conversations AS c ON c.id = -s.rowid
            WHERE s.search_index MATCH $match AND s.rowid < 0 AND {Conditions(question.Filter, "c.created_at")}
            ORDER BY s.rowid LIMIT $limit
            """,
            ("$match", SearchMatch.Expression(question, conversations)), ("$limit", limit));
        Fill(command, question);
        using var rows = Asked(command, cancellationToken);
        while (Next(rows, cancellationToken)) yield return Read(rows);
    }

    public async Task<SearchState> StateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        using var open = new Opened(context);
        var connection = open.Connection;
        using var interrupt = Interrupt(connection, cancellationToken);
        return new SearchState(
            connection.Ask<long>("SELECT count(*) FROM search_index_docsize"),
            connection.Ask<long>(
                """
                SELECT (SELECT count(*) FROM search_queue)
                    + (SELECT count(*) FROM messages WHERE id < (SELECT value FROM search_state WHERE name = 'messages_below'))
                    + (SELECT count(*) FROM conversations WHERE id < (SELECT value FROM search_state WHERE name = 'titles_below'))
                """));
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using (var connection = DatabaseFile.Open(settings.Path))
        {
            if (SearchSchema.IsCurrent(connection)) return;
        }

        await writer.WriteAsync(context => SearchSchema.Renew(Open(context), Transaction(context)), cancellationToken);
    }

    public Task RebuildAsync(CancellationToken cancellationToken) =>
        writer.WriteAsync(context => SearchSchema.BeginRebuild(Open(context), Transaction(context)), cancellationToken);

    public async Task<bool> IndexSomeAsync(CancellationToken cancellationToken)
    {
        SearchBatch? batch;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        using (var open = new Opened(context)) batch = _queue.Read(open.Connection);
        if (batch is null) return false;
        await writer.WriteAsync(
            context =>
            {
                var began = time.GetTimestamp();
                SearchQueue.Write(batch, Open(context), Transaction(context));
                _queue.Took(time.GetElapsedTime(began));
                Failpoint.Hit(Failpoint.SearchBeforeCommit);
            },
            cancellationToken);
        Failpoint.Hit(Failpoint.SearchAfterCommit);
        return true;
    }

    /// <summary>The conversations that a filter picks, where they are few; false where there are none, or no time that it asks for.</summary>
    private static bool Picked(SqliteConnection connection, SearchQuestion question, out List<long>? conversations)
    {
        conversations = null;
        if (question.Filter.From >= question.Filter.Until) return false;
        if (!question.Filter.PicksConversations) return true;
        using var command = connection.Command(
            null, $"SELECT c.id FROM conversations AS c WHERE {Conditions(question.Filter with { Role = null, Model = null }, "c.created_at", ofTimes: false)} LIMIT {MostNamed + 1}");
        Fill(command, question);
        using var rows = command.ExecuteReader();
        var picked = new List<long>();
        while (rows.Read()) picked.Add(rows.GetInt64(0));
        if (picked.Count <= MostNamed) conversations = picked;
        return picked.Count > 0;
    }

    /// <summary>What is in the trash, or another's, is found by nobody.</summary>
    private static string Conditions(SearchFilter filter, string time, bool ofTimes = true) => string.Join(" AND ", ((string?[])
    [
        "c.owner_id = $owner",
        "c.deleted_at IS NULL",
        filter.Role is null ? null : "m.role = $role",
        filter.Model is null ? null : "m.model = $model",
        ofTimes && filter.From is not null ? $"{time} >= $from" : null,
        ofTimes && filter.Until is not null ? $"{time} < $until" : null,
        filter.Pinned switch { null => null, true => "c.pinned_at IS NOT NULL", false => "c.pinned_at IS NULL" },
        filter.Archived switch { null => null, true => "c.archived_at IS NOT NULL", false => "c.archived_at IS NULL" },
        filter.TagKey is null ? null : "c.id IN (SELECT conversation_id FROM conversation_tags WHERE key = $tag)",
    ]).OfType<string>());

    private static void Fill(SqliteCommand command, SearchQuestion question)
    {
        var filter = question.Filter;
        command.Parameters.AddWithValue("$owner", question.OwnerId);
        if (filter.Role is { } role) command.Parameters.AddWithValue("$role", SnakeCase.From(role.ToString()));
        if (filter.Model is { } model) command.Parameters.AddWithValue("$model", model);
        if (filter.From is { } from) command.Parameters.AddWithValue("$from", from);
        if (filter.Until is { } until) command.Parameters.AddWithValue("$until", until);
        if (filter.TagKey is { } tag) command.Parameters.AddWithValue("$tag", tag);
    }

    private static SearchCandidate Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : row.GetInt64(2),
        row.IsDBNull(3) ? null : Enum.Parse<MessageRole>(row.GetString(3), ignoreCase: true),
        row.IsDBNull(4) ? null : row.GetString(4),
        DateTime.SpecifyKind(row.GetDateTime(5), DateTimeKind.Utc),
        row.GetBoolean(6),
        row.GetBoolean(7),
        row.GetString(8));

    private static SqliteDataReader Asked(SqliteCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return command.ExecuteReader();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static bool Next(SqliteDataReader rows, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return rows.Read();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Microsoft.Data.Sqlite ends no statement that is under way.</summary>
    private static CancellationTokenRegistration Interrupt(SqliteConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));

    /// <summary>The writer's, which is open while it writes.</summary>
    private static SqliteConnection Open(ChatDbContext context) => (SqliteConnection)context.Database.GetDbConnection();

    private static SqliteTransaction Transaction(ChatDbContext context) => (SqliteTransaction)context.Database.CurrentTransaction!.GetDbTransaction();

    /// <summary>A context that goes back to its pool would keep its connection open, and the file with it.</summary>
    private sealed class Opened : IDisposable
    {
        private readonly ChatDbContext _context;

        public Opened(ChatDbContext context)
        {
            _context = context;
            context.Database.OpenConnection();
        }

        public SqliteConnection Connection => (SqliteConnection)_context.Database.GetDbConnection();

        public void Dispose() => _context.Database.CloseConnection();
    }
}
