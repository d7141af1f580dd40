using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Promises;

/// <summary>The database after it all, as no running process would tell it.</summary>
internal sealed class OnceRows : IDisposable
{
    private readonly SqliteConnection _connection;

    public OnceRows(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        _connection.Open();
    }

    public long Conversations => Query("SELECT count(*), 0 FROM conversations").Single().Key;

    /// <summary>How many users' messages have a text.</summary>
    public Dictionary<string, long> Messages => Read("SELECT content, count(*) FROM messages WHERE role = 'user' GROUP BY content", reader => reader.GetString(0));

    /// <summary>How many replies a user's message has.</summary>
    public Dictionary<long, long> Replies => Query("SELECT parent_id, count(*) FROM messages WHERE role = 'assistant' GROUP BY parent_id");

    /// <summary>How many of them a restart ended.</summary>
    public Dictionary<long, long> Restarted =>
        Query("SELECT parent_id, count(*) FROM messages WHERE role = 'assistant' AND error_code = 'server_restarted' GROUP BY parent_id");

    /// <summary>Conversations in which something grows or waits.</summary>
    public List<long> Growing => [.. Query("SELECT DISTINCT conversation_id, 0 FROM messages WHERE status IN ('streaming', 'queued')").Keys];

    /// <summary>Replies that broke off after there was text.</summary>
    public HashSet<long> Continuable => [.. Query("SELECT id, 0 FROM messages WHERE status = 'interrupted' AND content <> ''").Keys];

    public void Dispose() => _connection.Dispose();

    private Dictionary<long, long> Query(string sql) => Read(sql, reader => reader.GetInt64(0));

    private Dictionary<TKey, long> Read<TKey>(string sql, Func<SqliteDataReader, TKey> key) where TKey : notnull
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<TKey, long>();
        while (reader.Read()) rows.Add(key(reader), reader.GetInt64(1));
        return rows;
    }
}
