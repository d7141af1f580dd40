using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Conversations;

/// <summary>A conversation of many messages, put into the database beside the API.</summary>
/// <param name="Id">Of the conversation.</param>
/// <param name="First">The id of its first message; the others follow by one.</param>
internal sealed record LongConversation(long Id, long First, int Count)
{
    public long Last => First + Count - 1;

    /// <summary>Message no. <paramref name="position"/>, from 1.</summary>
    public long At(int position) => First + position - 1;

    /// <param name="api">Its database gets it.</param>
    /// <param name="count">How many messages, a person's and a reply in turn.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="text">A message's text by its position, from 1.</param>
    public static async Task<LongConversation> AddAsync(
        TestApi api, int count, CancellationToken cancellationToken, string owner = "local", Func<int, string>? text = null)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False;Default Timeout=20");
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction();
        await using var begin = connection.CreateCommand();
        begin.CommandText =
            """
            INSERT INTO conversations (uid, owner_id, title, title_source, created_at, updated_at, revision)
            VALUES ($uid, $owner, 'A long one', 'person', $at, $at, 0) RETURNING id
            """;
        begin.Parameters.AddWithValue("$uid", Uid());
        begin.Parameters.AddWithValue("$owner", owner);
        begin.Parameters.AddWithValue("$at", Time(0));
        var id = (long)(await begin.ExecuteScalarAsync(cancellationToken))!;

        await using var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO messages (uid, owner_id, conversation_id, parent_id, depth, role, status, content, reasoning, created_at, completed_at, revision, model)
            VALUES ($uid, $owner, $conversation, $parent, $depth, $role, 'complete', $content, '', $at, $at, 0, $model) RETURNING id
            """;
        foreach (var name in (string[])["$uid", "$owner", "$conversation", "$parent", "$depth", "$role", "$content", "$at", "$model"])
            insert.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        long? last = null;
        var first = 0L;
        for (var position = 1; position <= count; position++)
        {
            var isReply = position % 2 == 0;
            object?[] values =
            [
                Uid(), owner, id, last, position, isReply ? "assistant" : "user", (text ?? Text)(position), Time(position), isReply ? "model-a" : null,
            ];
            for (var i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i] ?? DBNull.Value;
            last = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
            if (position == 1) first = last.Value;
        }

        await using var end = connection.CreateCommand();
        end.CommandText = "UPDATE conversations SET head_id = $head WHERE id = $id";
        end.Parameters.AddWithValue("$head", last!.Value);
        end.Parameters.AddWithValue("$id", id);
        await end.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LongConversation(id, first, count);
    }

    /// <summary>Messages of one to five lines, with markdown in every tenth reply.</summary>
    public static string Text(int position)
    {
        var words = string.Join(' ', Enumerable.Repeat("The tide comes in and goes out again.", 1 + (position * 7 % 5)));
        return position % 20 == 0
            ? $"Message no. {position}\n\n- **one** of the list\n- `two` of it\n\n```ts\nconst tide = {position};\n```\n\n{words}"
            : $"Message no. {position}. {words}";
    }

    private static string Uid() => Guid.NewGuid().ToString().ToUpperInvariant();

    private static string Time(int seconds) =>
        new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
