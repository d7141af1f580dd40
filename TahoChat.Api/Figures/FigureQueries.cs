using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TahoChat.Api.Figures;

/// <summary>A reply by its id, with the seconds it took and the tokens it has.</summary>
internal sealed record SlowOne(long Id, double? Duration, double? TimeToFirstToken, int CompletionTokens);

/// <summary>Times of sends, UTC: the first counts, the second does not.</summary>
internal readonly record struct Span(DateTime From, DateTime Until);

/// <summary>Asks the questions of <see cref="FigureSql"/> about one owner, all as of the same moment.</summary>
internal sealed class FigureQueries(SqliteConnection connection, SqliteTransaction snapshot, string ownerId) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The models that have replies in one of the spans.</summary>
    public List<string> Models(params Span[] spans)
    {
        var models = Ask(FigureSql.Models, "", default, row => row.GetString(0));
        return models.FindAll(model => Array.Exists(spans, span => Ask(FigureSql.Any, model, span, _ => true).Count > 0));
    }

    public Tally Sums(string model, Span span)
    {
        var tally = new Tally();
        Ask(FigureSql.Sums, model, span, row =>
        {
            tally.Add(
                new ReplyCounts(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)),
                new TokenCounts(row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)),
                Number(row, 8),
                Number(row, 9));
            return tally;
        });
        return tally;
    }

    /// <summary>Tokens a second and seconds to the first token, of one reply in <paramref name="stride"/>.</summary>
    public (Numbers Speeds, Numbers Waits) Speeds(string model, Span span, int stride)
    {
        var (speeds, waits) = (new Numbers(), new Numbers());
        Ask(FigureSql.Speeds, model, span, row =>
        {
            // Without tokens there is no speed.
            if (Number(row, 0) is > 0 and var speed) speeds.Add(speed, stride);
            waits.Add(Number(row, 1), stride);
            return stride;
        }, stride);
        return (speeds, waits);
    }

    public List<SlowOne> SlowestToEnd(string model, Span span) => Slowest(FigureSql.SlowestToEnd, model, span);

    public List<SlowOne> SlowestToBegin(string model, Span span) => Slowest(FigureSql.SlowestToBegin, model, span);

    public List<(string Code, int Count, DateTime LastAt)> Failures(string model, Span span) =>
        Ask(FigureSql.Failures, model, span, row => (row.GetString(0), row.GetInt32(1), DateTime.SpecifyKind(row.GetDateTime(2), DateTimeKind.Utc)));

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }

    /// <summary>The slowest that are not in the trash. The index does not know which those are, so that it is asked for more where some are.</summary>
    private List<SlowOne> Slowest(string sql, string model, Span span)
    {
        for (var limit = FigureCollector.MostSlow; ; limit *= 8)
        {
            var slowest = Ask(sql, model, span, Slow, limit: limit);
            var shown = Shown(slowest);
            var left = slowest.FindAll(slow => shown.Contains(slow.Id));
            if (left.Count >= FigureCollector.MostSlow || slowest.Count < limit) return left;
        }
    }

    private HashSet<long> Shown(List<SlowOne> replies)
    {
        using var command = connection.CreateCommand();
        command.CommandText = FigureSql.Shown;
        command.Transaction = snapshot;
        command.Parameters.AddWithValue("$owner", ownerId);
        command.Parameters.AddWithValue("$ids", JsonSerializer.Serialize(replies.ConvertAll(reply => reply.Id)));
        using var rows = command.ExecuteReader();
        var shown = new HashSet<long>();
        while (rows.Read()) shown.Add(rows.GetInt64(0));
        return shown;
    }

    private List<T> Ask<T>(string sql, string model, Span span, Func<SqliteDataReader, T> read, int stride = 1, int limit = FigureCollector.MostSlow)
    {
        if (!_commands.TryGetValue(sql, out var command)) _commands.Add(sql, command = Prepare(sql));
        command.Parameters["$model"].Value = model;
        command.Parameters["$from"].Value = span.From;
        command.Parameters["$until"].Value = span.Until;
        command.Parameters["$stride"].Value = stride;
        command.Parameters["$limit"].Value = limit;
        using var rows = command.ExecuteReader();
        var answers = new List<T>();
        while (rows.Read()) answers.Add(read(rows));
        return answers;
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = snapshot;
        command.Parameters.AddWithValue("$owner", ownerId);
        foreach (var name in new[] { "$model", "$from", "$until", "$stride", "$limit" }) command.Parameters.AddWithValue(name, "");
        return command;
    }

    private static SlowOne Slow(SqliteDataReader row) => new(row.GetInt64(0), Number(row, 1), Number(row, 2), row.IsDBNull(3) ? 0 : row.GetInt32(3));

    private static double? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
