using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Import;

/// <summary>The <c>chat.db</c> of the FastAPI Taho application: tables <c>conversations</c> (id, title, created_at, updated_at) and
/// <c>messages</c> (id, conversation_id, role, content, created_at). Somebody sent it: it is read as data, and nothing in it is run.</summary>
internal sealed class FastApiDatabase : ImportSource
{
    /// <summary>Steps of SQLite between two looks at whether it may go on.</summary>
    private const int StepsAtOnce = 100;

    private static readonly string[] _optional = ["title", "created_at", "updated_at"];

    private readonly SqliteConnection _connection;
    private readonly string _ownerId;
    private readonly ImportLimits _limits;
    private CancellationToken _may;
    private long _total = 1;
    private long _done;

    private FastApiDatabase(SqliteConnection connection, string ownerId, ImportLimits limits) => (_connection, _ownerId, _limits) = (connection, ownerId, limits);

    public override string Format => "fastapi";

    public override double Read => Math.Min(1, (double)_done / Math.Max(1, _total));

    /// <exception cref="ImportRefusedException">It is damaged, no such database, or takes too long to check.</exception>
    public static FastApiDatabase Open(string path, string ownerId, ImportLimits limits, CancellationToken cancellationToken)
    {
        // Immutable: neither a lock nor a log beside it is looked for. Read-only: SQLite knows none of its CHECKs then.
        var connection = new SqliteConnection($"Data Source=file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1;Mode=ReadOnly;Pooling=False");
        try
        {
            connection.Open();
            raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, limits.Conversation);
            Run(connection, "PRAGMA trusted_schema = OFF");
            Run(connection, "PRAGMA cell_size_check = ON");
            var source = new FastApiDatabase(connection, ownerId, limits);
            raw.sqlite3_progress_handler(connection.Handle!, StepsAtOnce, _ => source._may.IsCancellationRequested ? 1 : 0, null);
            source.Check(cancellationToken);
            return source;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            connection.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ImportRefusedException($"The check of the database takes longer than {limits.Check.TotalSeconds:0} seconds.", inner: exception);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Damaged(exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<ImportItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        (_done, _may) = (0, cancellationToken);
        using var conversations = Query("SELECT id, title, created_at, updated_at FROM conversations ORDER BY id", "conversations");
        using var messages = Query("SELECT conversation_id, id, role, content, created_at FROM messages ORDER BY conversation_id, id", "messages");
        var has = Step(messages);
        while (Step(conversations))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = FastApiRow.Id(conversations, 0, "conversations");
            var where = string.Create(CultureInfo.InvariantCulture, $"Table conversations, row {id}");
            // What belongs to no conversation is passed over.
            while (has && FastApiRow.Id(messages, 0, "messages") < id) has = Step(messages);
            var texts = new List<ForeignMessage>();
            string? system = null;
            for (var length = 0L; has && FastApiRow.Id(messages, 0, "messages") == id; has = Step(messages))
            {
                var message = FastApiRow.Message(messages, texts.LastOrDefault()?.Id);
                if ((length += message.Content.Length) > _limits.Conversation) throw new ImportRefusedException($"{where} has more than {_limits.Conversation >> 20} MiB.", ImportRefusedException.TooLarge);
                if (message.Role == MessageRole.System && texts.Count == 0 && system is null) system = message.Content;
                else texts.Add(message);
            }

            var created = FastApiRow.Time(conversations, 2) ?? texts.FirstOrDefault()?.CreatedAt ?? DateTime.UnixEpoch;
            // Its ids begin at 1 in every such database: the time tells them apart.
            var external = string.Create(CultureInfo.InvariantCulture, $"{id} {created:O}");
            yield return new ForeignConversation(
                Format, external, FastApiRow.Text(conversations, 1), created, FastApiRow.Time(conversations, 3) ?? texts.LastOrDefault()?.CreatedAt ?? created, texts)
            { SystemPrompt = system }
                .ToItem(_ownerId, where);
            _done++;
        }
    }

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Check(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_limits.Check);
        _may = deadline.Token;
        using (var check = Command("PRAGMA integrity_check(1)"))
        {
            if (check.ExecuteScalar() is not "ok") throw Damaged(null);
        }

        if (Columns("__EFMigrationsHistory").Count > 0 || Columns("conversations").Contains("uid"))
            throw new ImportRefusedException("This is a database of TahoChat itself: export the account there, or restore it as a backup.", ImportRefusedException.Unknown);
        foreach (var (table, needed) in ((string, string[])[])[("conversations", ["id"]), ("messages", ["id", "conversation_id", "role", "content"])])
        {
            var columns = Columns(table);
            foreach (var column in needed)
            {
                if (!columns.Contains(column)) throw new ImportRefusedException($"The database has no column {column} in a table {table}.", ImportRefusedException.Unknown);
            }
        }

        using var count = Command("SELECT count(*) FROM conversations");
        _total = (long)count.ExecuteScalar()!;
        _may = CancellationToken.None;
    }

    /// <summary>Of a real table, and stored: a view, a virtual table or a generated column would run what somebody wrote into the file.</summary>
    private HashSet<string> Columns(string table)
    {
        using var command = Command(
            """
            SELECT info.name FROM sqlite_master AS entry, pragma_table_xinfo(entry.name) AS info
            WHERE entry.type = 'table' AND entry.name = $table AND entry.sql NOT LIKE 'CREATE VIRTUAL%' AND info.hidden = 0
            """);
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read()) columns.Add(reader.GetString(0));
        return columns;
    }

    /// <summary>A column that such a database may lack is null.</summary>
    private SqliteDataReader Query(string sql, string table)
    {
        var columns = Columns(table);
        var optional = _optional.Where(column => !columns.Contains(column));
        var known = optional.Aggregate(sql, (text, column) => text.Replace($", {column}", $", NULL AS {column}", StringComparison.Ordinal));
        try
        {
            // The command goes with its reader: disposed of before, it would close it.
            return Command(known).ExecuteReader();
        }
        catch (SqliteException exception)
        {
            throw Stopped(exception);
        }
    }

    private bool Step(SqliteDataReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (SqliteException exception)
        {
            throw Stopped(exception);
        }
    }

    private Exception Stopped(SqliteException exception) =>
        exception.SqliteErrorCode == raw.SQLITE_INTERRUPT ? new OperationCanceledException(exception.Message, exception, _may) : Damaged(exception);

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static ImportRefusedException Damaged(Exception? inner) =>
        new("The database is damaged, or cut off.", ImportRefusedException.Damaged, inner);
}
