using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TahoChat.Bench.Runs;

namespace TahoChat.Bench.LargeDatabase;

/// <summary>Makes the database of somebody who has chatted for years: the same one each time.</summary>
internal static class Generator
{
    private const int Seed = 20261123;
    private const int MessagesPerTransaction = 50_000;

    /// <summary>How long ago the first conversation began.</summary>
    private static readonly TimeSpan _years = TimeSpan.FromDays(4 * 365);

    /// <summary>The last message's time: of no clock, so that the database is the same on every day.</summary>
    private static readonly DateTime _end = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Makes it where it goes when the run ends; 1,000,000 messages, or 100,000 where it has to be quick.</summary>
    public static async Task<string> MakeAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var file = Path.Combine(run.NewFolder(), "large.db");
        await MakeAsync(run.Options.Api, file, run.Options.Quick ? 100_000 : 1_000_000, cancellationToken);
        return file;
    }

    /// <summary>Makes a database of so many messages.</summary>
    public static async Task<int> MakeAsync(string api, string file, int messages, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file);
        if (File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path} is there already.");
            return 2;
        }

        var began = Stopwatch.GetTimestamp();
        // The server makes the schema.
        await using (await SearchSpeed.StartAsync(Path.GetFullPath(api), path, cancellationToken)) { }
        await FillAsync(path, messages, cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{messages:N0} messages in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s, {new FileInfo(path).Length / 1024.0 / 1024:N0} MiB"));
        return 0;
    }

    private static async Task FillAsync(string path, int messages, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        // A queue of a million rows has no use: the next server finds the triggers missing, and indexes all there is.
        foreach (var trigger in await TriggersAsync(connection, cancellationToken)) await RunAsync(connection, $"DROP TRIGGER {trigger}", cancellationToken);
        await RunAsync(connection, "PRAGMA synchronous = OFF", cancellationToken);
        await RunAsync(connection, "PRAGMA cache_size = -200000", cancellationToken);
        var random = new Random(Seed);
        var languages = Vocabulary.All(random);
        for (var written = 0; written < messages;)
        {
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
            using var rows = new ConversationRows(connection, transaction);
            for (var inThis = 0; inThis < MessagesPerTransaction && written < messages;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var at = _end - (_years * (1 - ((double)written / messages)));
                var count = rows.Add(random, Pick(random, languages), at, messages - written);
                written += count;
                inThis += count;
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await RunAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
    }

    private static Vocabulary Pick(Random random, List<(double Share, Vocabulary Vocabulary)> languages)
    {
        var left = random.NextDouble();
        foreach (var (share, vocabulary) in languages)
            if ((left -= share) < 0) return vocabulary;
        return languages[0].Vocabulary;
    }

    private static async Task<List<string>> TriggersAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search%'";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) names.Add(reader.GetString(0));
        return names;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
