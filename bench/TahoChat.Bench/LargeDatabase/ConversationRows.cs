using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TahoChat.Bench.LargeDatabase;

/// <summary>Writes conversations: turns of a question and a reply, some with a second attempt, in one language each.</summary>
internal sealed class ConversationRows(SqliteConnection connection, SqliteTransaction transaction) : IDisposable
{
    private static readonly string[] _models =
        ["llama-3.3-70b-versatile", "llama-3.1-8b-instant", "openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3-32b"];

    private readonly SqliteCommand _conversation = Prepare(connection, transaction,
        """
        INSERT INTO conversations (uid, owner_id, title, title_source, created_at, updated_at, revision, pinned_at, archived_at, deleted_at)
        VALUES ($uid, 'local', $title, 'model', $created, $updated, 0, $pinned, $archived, $deleted) RETURNING id
        """, "$uid", "$title", "$created", "$updated", "$pinned", "$archived", "$deleted");

    private readonly SqliteCommand _message = Prepare(connection, transaction,
        """
        INSERT INTO messages (uid, owner_id, conversation_id, parent_id, depth, role, status, content, reasoning, created_at, completed_at, revision, model, finish_reason)
        VALUES ($uid, 'local', $conversation, $parent, $depth, $role, 'complete', $content, '', $at, $at, 0, $model, $finish) RETURNING id
        """, "$uid", "$conversation", "$parent", "$depth", "$role", "$content", "$at", "$model", "$finish");

    private readonly SqliteCommand _head = Prepare(connection, transaction, "UPDATE conversations SET head_id = $head WHERE id = $id", "$head", "$id");

    private readonly SqliteCommand _tag = Prepare(
        connection, transaction, "INSERT INTO conversation_tags (conversation_id, key, name) VALUES ($id, $key, $key)", "$id", "$key");

    /// <summary>Returns how many messages it wrote, at most <paramref name="most"/>.</summary>
    public int Add(Random random, Vocabulary language, DateTime at, int most)
    {
        // Most are short, a few are very long.
        var count = Math.Min(most, (int)(4 + (8 / (0.02 + random.NextDouble()))));
        var conversation = Ask(_conversation, Uid(random, at), Text(random, language, random.Next(2, 6), sentences: false), Time(at), Time(at.AddMinutes(count)),
            Rarely(random, 0.002, at), Rarely(random, 0.05, at), Rarely(random, 0.005, at));
        if (random.NextDouble() < 0.1) Ask(_tag, conversation, $"tag-{(int)Math.Pow(60, random.NextDouble())}");
        var (written, depth) = (0, 0);
        object parent = DBNull.Value;
        if (random.NextDouble() < 0.002) parent = Write(random, conversation, parent, ++depth, "system", Text(random, language, 12), at, ref written);
        while (written < count)
        {
            at = at.AddSeconds(random.Next(5, 120));
            depth++;
            var isReply = (depth & 1) == 0;
            var words = isReply ? (int)(20 + (60 * -Math.Log(1 - random.NextDouble()))) : (int)(3 + (12 * -Math.Log(1 - random.NextDouble())));
            var id = Write(random, conversation, parent, depth, isReply ? "assistant" : "user", Text(random, language, words), at, ref written);
            // The second attempt is the one that is shown.
            if (isReply && written < count && random.NextDouble() < 0.04)
                id = Write(random, conversation, parent, depth, "assistant", Text(random, language, words), at.AddSeconds(20), ref written);
            parent = id;
        }

        Ask(_head, parent, conversation);
        return written;
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_conversation, _message, _head, _tag]) command.Dispose();
    }

    private long Write(Random random, long conversation, object parent, int depth, string role, string content, DateTime at, ref int written)
    {
        written++;
        var isReply = role == "assistant";
        object model = isReply ? random.NextDouble() < 0.0002 ? "moonshotai/kimi-k2-instruct" : _models[random.Next(_models.Length)] : DBNull.Value;
        return Ask(_message, Uid(random, at), conversation, parent, depth, role, content, Time(at), model, isReply ? "stop" : DBNull.Value);
    }

    private static string Text(Random random, Vocabulary language, int words, bool sentences = true)
    {
        var text = new StringBuilder();
        for (var left = words; left > 0; left--)
        {
            if (text.Length > 0 && language.IsSpaced) text.Append(' ');
            text.Append(language.Word(random));
            if (!sentences || left == 1 || random.Next(12) > 0) continue;
            text.Append(language.IsSpaced ? "." : "。");
            if (random.Next(5) == 0) text.Append("\n\n");
        }

        return text.ToString();
    }

    private static object Rarely(Random random, double share, DateTime at) => random.NextDouble() < share ? Time(at.AddDays(1)) : DBNull.Value;

    /// <summary>As a version 7 one: those of later rows are greater, and the index of them grows at its end.</summary>
    private static string Uid(Random random, DateTime at)
    {
        var bytes = new byte[10];
        random.NextBytes(bytes);
        var rest = Convert.ToHexString(bytes);
        var time = new DateTimeOffset(at).ToUnixTimeMilliseconds().ToString("X12", CultureInfo.InvariantCulture);
        return $"{time[..8]}-{time[8..]}-7{rest[..3]}-8{rest[3..6]}-{rest[6..18]}";
    }

    // As EF Core writes it.
    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string sql, params string[] names)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var name in names) command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        command.Prepare();
        return command;
    }

    private static long Ask(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteScalar() is long id ? id : 0;
    }
}
