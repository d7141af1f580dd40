using Microsoft.Data.Sqlite;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Search.Sqlite;

/// <summary>A row that the index gets, or loses where there is no text.</summary>
/// <param name="Item">A message's id, or minus a conversation's id for its title.</param>
/// <param name="Change">Which change of it was read; 0 where it is there for a rebuild.</param>
internal sealed record SearchRow(long Item, long Change, string? Text);

/// <summary>Rows that are written in one transaction.</summary>
/// <param name="Rows">The lowest item first: FTS5 collects rising ones in memory, and writes a falling one at once.</param>
/// <param name="Cursor">For a part of a rebuild, the name of its place; null for a part of the queue.</param>
/// <param name="Below">The place that it begins below.</param>
/// <param name="Reached">The place that it comes to.</param>
internal sealed record SearchBatch(List<SearchRow> Rows, string? Cursor = null, long Below = 0, long Reached = 0);

/// <summary>Takes what waits for the index in pieces that hold the writer for a moment only.</summary>
internal sealed class SearchQueue
{
    private const int MostRows = 1000;
    private const double LeastRoom = 4 * 1024;
    private const double MostRoom = 512 * 1024;

    /// <summary>How long a batch should keep the writer, its commit left out: the disk takes as long for a small one.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(20);

    private double _room = 32 * 1024;

    /// <summary>What is to be indexed next: changes before a rebuild, the newest before the older. Null where nothing waits.</summary>
    public SearchBatch? Read(SqliteConnection connection)
    {
        var queued = Rows(
            connection,
            """
            SELECT q.item, q.change, coalesce(m.owner_id, c.owner_id), coalesce(m.conversation_id, c.id), m.role, m.status, m.model,
                coalesce(m.created_at, c.created_at), coalesce(m.content, c.title)
            FROM (SELECT item, change FROM search_queue ORDER BY item DESC LIMIT $limit) AS q
            LEFT JOIN messages AS m ON m.id = q.item LEFT JOIN conversations AS c ON c.id = -q.item
            ORDER BY q.item DESC
            """,
            0);
        if (queued.Count > 0) return new SearchBatch(queued);
        return Rebuild(connection, SearchSchema.TitlesBelow,
            "SELECT -id, 0, owner_id, id, NULL, NULL, NULL, created_at, title FROM conversations WHERE id < $below ORDER BY id DESC LIMIT $limit")
            ?? Rebuild(connection, SearchSchema.MessagesBelow,
            "SELECT id, 0, owner_id, conversation_id, role, status, model, created_at, content FROM messages WHERE id < $below ORDER BY id DESC LIMIT $limit");
    }

    /// <summary>Writes a batch. What changed since it was read stays in the queue; a part of a rebuild that began anew is dropped.</summary>
    public static void Write(SearchBatch batch, SqliteConnection connection, SqliteTransaction transaction)
    {
        if (batch.Cursor is { } cursor
            && connection.Do(
                transaction, "UPDATE search_state SET value = $reached WHERE name = $name AND value = $below",
                ("$reached", batch.Reached), ("$name", cursor), ("$below", batch.Below)) == 0)
        {
            return;
        }

        using var put = connection.Command(transaction, "INSERT OR REPLACE INTO search_index (rowid, text) VALUES ($item, $text)", ("$item", 0L), ("$text", ""));
        using var drop = connection.Command(transaction, "DELETE FROM search_index WHERE rowid = $item", ("$item", 0L));
        using var done = connection.Command(transaction, "DELETE FROM search_queue WHERE item = $item AND change = $change", ("$item", 0L), ("$change", 0L));
        foreach (var row in batch.Rows)
        {
            (put.Parameters[0].Value, drop.Parameters[0].Value) = (row.Item, row.Item);
            put.Parameters[1].Value = row.Text ?? "";
            if (row.Text is not null) put.ExecuteNonQuery();
            else drop.ExecuteNonQuery();
            if (row.Change == 0) continue;
            (done.Parameters[0].Value, done.Parameters[1].Value) = (row.Item, row.Change);
            done.ExecuteNonQuery();
        }

        // What FTS5 collected is written, and merged, here and not in the commit, so that it is measured.
        connection.Do(transaction, "INSERT INTO search_index (search_index) VALUES ('flush')");
    }

    /// <summary>The next batch is as much larger or smaller as the last one was faster or slower than it should be.</summary>
    public void Took(TimeSpan elapsed)
    {
        if (elapsed > TimeSpan.Zero) _room = Math.Clamp(_room * Math.Clamp(_moment / elapsed, 0.25, 2), LeastRoom, MostRoom);
    }

    private SearchBatch? Rebuild(SqliteConnection connection, string cursor, string sql)
    {
        var below = connection.Ask<long>("SELECT value FROM search_state WHERE name = $name", ("$name", cursor));
        if (below == 0) return null;
        var rows = Rows(connection, sql, below);
        return new SearchBatch(rows.FindAll(row => row.Text is not null), cursor, below, rows.Count == 0 ? 0 : rows.Min(row => Math.Abs(row.Item)));
    }

    private List<SearchRow> Rows(SqliteConnection connection, string sql, long below)
    {
        using var command = connection.Command(null, sql, ("$below", below), ("$limit", MostRows));
        using var reader = command.ExecuteReader();
        var rows = new List<SearchRow>();
        for (var length = 0L; length < _room && reader.Read();)
        {
            rows.Add(Row(reader));
            length += rows[^1].Text?.Length ?? 0;
        }

        rows.Sort((left, right) => left.Item.CompareTo(right.Item));
        return rows;
    }

    /// <summary>A message that grows comes again when it has ended.</summary>
    private static SearchRow Row(SqliteDataReader row)
    {
        var (item, change) = (row.GetInt64(0), row.GetInt64(1));
        if (row.IsDBNull(8) || (!row.IsDBNull(5) && row.GetString(5) is "streaming" or "queued" or "removed")) return new SearchRow(item, change, null);
        var facets = SearchFacets.Of(
            row.GetString(2),
            row.GetInt64(3),
            row.IsDBNull(4) ? null : Enum.Parse<MessageRole>(row.GetString(4), ignoreCase: true),
            row.IsDBNull(6) ? null : row.GetString(6),
            row.GetDateTime(7));
        return new SearchRow(item, change, SearchMatch.IndexText(row.GetString(8), facets));
    }
}
