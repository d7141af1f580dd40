using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Processes;

/// <summary>One database and one server after another on it, each killed while clients send and replies grow. After every kill the
/// file is whole and has each acknowledged message once; after every start what grew is interrupted.</summary>
internal sealed class KillRun : IDisposable
{
    /// <summary>Of processor time, which a busy machine does not stretch as it does the start itself.</summary>
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(5);

    /// <summary>The promise is 250 ms; a busy machine may write its checkpoint later.</summary>
    private static readonly TimeSpan _mostLost = TimeSpan.FromMilliseconds(250 + 2750);

    private readonly ProcessFolder _folder = new();
    private readonly List<Sender> _senders;
    private readonly List<TimeSpan> _starts = [];
    private readonly List<TimeSpan> _losses = [];
    private List<GrowingReply> _grown = [];
    private List<long> _left = [];
    private int _interrupted;

    public KillRun(int senders) => _senders = [.. Enumerable.Range(0, senders).Select(_ => new Sender())];

    public int Kills { get; private set; }

    public int Acknowledged => _senders.Sum(sender => sender.Count);

    /// <summary>Starts a server, has it used, and lets it die at a failpoint, or once <paramref name="sends"/> more were acknowledged
    /// and <paramref name="then"/> has passed.</summary>
    public async Task KillAsync(string? failpoint, int sends, TimeSpan then, int growing, CancellationToken cancellationToken)
    {
        Kills++;
        await using (var api = await StartAsync(failpoint, cancellationToken))
        {
            if (api is not null) await UseAsync(api, failpoint, sends, then, growing, cancellationToken);
        }

        Check();
    }

    /// <summary>A last start, after which everything is checked once more, through the front door too.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await using var api = await StartAsync(null, cancellationToken);
        using var http = api!.Http();
        Assert.Contains("\"status\":\"healthy\"", await http.GetStringAsync("/health", cancellationToken), StringComparison.Ordinal);
        await api.EndAfterAsync("INT", cancellationToken);
        Check();
        Assert.Empty(_left);
        _losses.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Kills} kills, {Acknowledged} acknowledged sends, none lost, none twice; {_interrupted} replies interrupted; start at most "
            + $"{_starts.Max().TotalSeconds:F1} s (median {_starts.Order().ElementAt(_starts.Count / 2).TotalSeconds:F1} s)"
            + (_losses.Count == 0 ? "" : $"; text lost: median {_losses[_losses.Count / 2].TotalMilliseconds:F0} ms, at most {_losses[^1].TotalMilliseconds:F0} ms"));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Null where the failpoint is one of the start.</summary>
    private async Task<ApiProcess?> StartAsync(string? failpoint, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var api = await ApiProcess.StartAsync(
                _folder, cancellationToken, ("PORT", "0"), ("Limits__SendsPerMinute", "1000000"), ("Limits__GrowingReplies", "1000"),
                (ApiProcess.Failpoint, failpoint ?? ""));
            _starts.Add(clock.Elapsed);
            Assert.InRange(api.ProcessorTime, TimeSpan.Zero, _longestStart);
            AssertInterrupted();
            return api;
        }
        catch (ApiProcess.EndedException) when (failpoint is not null)
        {
            return null;
        }
    }

    /// <summary>What grew when the last server died is interrupted before the next one listens, and kept but for its last moment.</summary>
    private void AssertInterrupted()
    {
        foreach (var id in _left) Assert.Equal("interrupted", _folder.Reply(id).Status);
        _interrupted += _left.Count;
        foreach (var reply in _grown)
        {
            var (status, content) = _folder.Reply(reply.Message);
            var seen = reply.Frames.Content();
            Assert.Equal("interrupted", status);
            Assert.StartsWith(content[..Math.Min(content.Length, seen.Length)], seen, StringComparison.Ordinal);
            _losses.Add(reply.LostBeyond(content.Length));
            Assert.InRange(_losses[^1], TimeSpan.Zero, _mostLost);
        }

        _grown = [];
    }

    private async Task UseAsync(
        ApiProcess api, string? failpoint, int sends, TimeSpan then, int growing, CancellationToken cancellationToken)
    {
        var enough = Acknowledged + sends;
        var clients = _senders.Select(sender => sender.RunAsync(api, cancellationToken))
            .Concat(Enumerable.Range(0, growing).Select(_ => GrowAsync(api, cancellationToken))).ToList();
        if (failpoint is null)
        {
            for (var clock = Stopwatch.StartNew(); Acknowledged < enough && clock.Elapsed < ApiProcess.Deadline;)
                await Task.Delay(20, cancellationToken);
            await Task.Delay(then, cancellationToken);
            await api.SignalAsync("KILL", cancellationToken);
        }

        await api.EndAsync(cancellationToken);
        await Task.WhenAll(clients);
    }

    private async Task GrowAsync(ApiProcess api, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await GrowingReply.BeginAsync(api, "[emulator reply=count:100000 speed=200 first=0 reasoning=0]", cancellationToken);
            lock (_losses) _grown.Add(reply);
            await reply.ReadToTheBreakAsync(cancellationToken);
            await reply.DisposeAsync();
        }
        catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or IOException or HttpRequestException or ArgumentOutOfRangeException)
        {
            // It died before the acknowledgement.
        }
    }

    /// <summary>Looks at a copy: whoever opens the file itself would repair it, which is the next server's task.</summary>
    private void Check()
    {
        var copy = Directory.CreateTempSubdirectory("taho killed ");
        try
        {
            foreach (var suffix in (string[])["", "-wal"])
                if (File.Exists(_folder.Database + suffix)) File.Copy(_folder.Database + suffix, Path.Combine(copy.FullName, "chat.db" + suffix));
            using var connection = new SqliteConnection($"Data Source={Path.Combine(copy.FullName, "chat.db")};Pooling=False");
            connection.Open();
            Assert.Equal(["ok"], Texts(connection, "PRAGMA integrity_check"));
            Assert.Empty(Texts(connection, "PRAGMA foreign_key_check"));
            _left = [.. Texts(connection, "SELECT id FROM messages WHERE status = 'streaming'").Select(long.Parse)];
            AssertAllThereOnce(connection);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private void AssertAllThereOnce(SqliteConnection connection)
    {
        var ids = Texts(connection, "SELECT client_message_id FROM messages WHERE client_message_id IS NOT NULL ORDER BY id");
        var texts = Texts(connection, "SELECT content FROM messages WHERE client_message_id IS NOT NULL ORDER BY id");
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var kept = ids.Zip(texts).ToDictionary(row => row.First, row => row.Second);
        foreach (var (id, text) in _senders.SelectMany(sender => sender.Acknowledged)) Assert.Equal(text, kept.GetValueOrDefault(id));
        Assert.Empty(Texts(connection, "SELECT id FROM messages m WHERE role = 'user' AND NOT EXISTS (SELECT 1 FROM messages r WHERE r.parent_id = m.id)"));
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }
}
