using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace TahoChat.Tests.Figures;

/// <summary>A reply as a row: when it was sent, how it ended, what its receipt says.</summary>
internal sealed record ReplyRow(string SentAt)
{
    public string Owner { get; init; } = "local";

    public string Status { get; init; } = "complete";

    public string? Model { get; init; } = "model-a";

    public string? Code { get; init; }

    /// <summary>Seconds from the send to the end.</summary>
    public double Took { get; init; } = 1;

    public object? Receipt { get; init; }
}

/// <summary>An API whose clock stands still, and rows put into its database beside it.</summary>
internal static class FigureRows
{
    public static Task<TestApi> StartAtAsync(string now, CancellationToken cancellationToken) => TestApi.StartAsync(
        cancellationToken, services: services => services.AddSingleton<TimeProvider>(new StandingClock(Time(now))));

    public static async Task<JsonObject> FiguresAsync(this TestApi api, string query, CancellationToken cancellationToken) =>
        (await api.CallAsync("GET", $"/stats/figures{query}", cancellationToken)).Json;

    /// <summary>Puts replies into a conversation of their owner, and returns their ids.</summary>
    public static async Task<List<long>> AddAsync(this TestApi api, CancellationToken cancellationToken, params ReplyRow[] rows)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False;Default Timeout=20");
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction();
        var ids = new List<long>();
        foreach (var row in rows)
        {
            var conversation = await InsertAsync(connection, "conversations", new()
            {
                ["uid"] = Guid.NewGuid().ToString().ToUpperInvariant(),
                ["owner_id"] = row.Owner,
                ["title"] = "A title",
                ["title_source"] = "person",
                ["created_at"] = Text(row.SentAt),
                ["updated_at"] = Text(row.SentAt),
                ["revision"] = 1,
            }, cancellationToken);
            ids.Add(await InsertAsync(connection, "messages", Reply(row, conversation), cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return ids;
    }

    private static Dictionary<string, object?> Reply(ReplyRow row, long conversation) => new()
    {
        ["uid"] = Guid.NewGuid().ToString().ToUpperInvariant(),
        ["owner_id"] = row.Owner,
        ["conversation_id"] = conversation,
        ["depth"] = 1,
        ["role"] = "assistant",
        ["status"] = row.Status,
        ["content"] = "Some text",
        ["reasoning"] = "",
        ["created_at"] = Text(row.SentAt),
        ["completed_at"] = row.Status is "streaming" or "queued" ? null : Text(Time(row.SentAt).AddSeconds(row.Took)),
        ["revision"] = 1,
        ["model"] = row.Model,
        ["error_code"] = row.Code,
        ["receipt"] = row.Receipt is null ? null : JsonSerializer.Serialize(row.Receipt),
    };

    private static async Task<long> InsertAsync(
        SqliteConnection connection, string table, Dictionary<string, object?> values, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", values.Keys)}) VALUES ({string.Join(", ", values.Keys.Select(name => "$" + name))}) RETURNING id";
        foreach (var (name, value) in values) command.Parameters.AddWithValue("$" + name, value ?? DBNull.Value);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(string time) => Text(Time(time));

    // As the database keeps times: a fraction only where there is one.
    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
