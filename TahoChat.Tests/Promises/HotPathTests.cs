using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;
using TahoChat.Tests.Groq;
using TahoChat.Tests.Search;

namespace TahoChat.Tests.Promises;

/// <summary>What a chunk may cost, in things that can be counted: bytes, commits, frames, reads, scanned tables. docs/benchmarks.md has the
/// times.</summary>
public sealed class HotPathTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_on_its_way_from_the_provider_to_a_frame_allocates_little()
    {
        const int Chunks = 20_000;
        var body = Recording.Bytes(string.Concat(Enumerable.Range(0, Chunks).Select(number => Recording.ContentEvent($" word{number % 10}"))) + Recording.Ending);
        await CarryAsync(body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var carried = await CarryAsync(body);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Chunks;

        Assert.Equal(Chunks, carried);
        TestContext.Current.TestOutputHelper!.WriteLine($"{each:F0} bytes a chunk");
        Assert.InRange(each, 50, 1500);
    }

    [Fact]
    public async Task A_fast_reply_takes_few_frames_and_few_commits()
    {
        const int Chunks = 2000;
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Before" }, Cancel);
        await api.IndexedAsync(Cancel);
        using var commits = new CommitCount(api.Services.GetRequiredService<IMeterFactory>());

        var began = Stopwatch.GetTimestamp();
        var frames = await socket.TurnAsync(new { message = $"[emulator reply=count:{Chunks} speed=1000 first=0 reasoning=0]" }, Cancel);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        var text = frames.Count(frame => frame.Text("status") == "streaming" && frame.Text("text") is { Length: > 0 });
        TestContext.Current.TestOutputHelper!.WriteLine($"{text} frames and {commits.Count} commits in {seconds:F1} s");
        Assert.InRange(text, 10, Chunks / 3);
        // A send, an end, four checkpoints a second, and some for title and index.
        Assert.InRange(commits.Count, 3, 12 + (5 * seconds));
    }

    [Fact]
    public async Task A_provider_that_sends_fast_is_read_several_events_at_a_time()
    {
        using var provider = new EventEachMillisecond(400);
        await using var paced = new EventSizeLimitStream(provider, 1024);
        var buffer = new byte[1024];

        while (await paced.ReadAsync(buffer, Cancel) > 0)
        {
            // Only how often the provider was read counts.
        }

        Assert.InRange(provider.Reads, 8, 200);
    }

    [Fact]
    public async Task What_every_reply_and_every_opened_conversation_asks_scans_no_table()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var scope = api.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        string[] questions =
        [
            context.Conversations.Where(conversation => conversation.Id == 1 && conversation.OwnerId == "local").ToQueryString(),
            context.Messages.Where(message => message.ConversationId == 1 && message.Revision > 7).ToQueryString(),
            context.Messages.Where(message => message.ParentId == 1 && message.Status != MessageStatus.Removed).ToQueryString(),
            context.Messages.Where(message => message.Status == MessageStatus.Streaming || message.Status == MessageStatus.Queued).ToQueryString(),
            "SELECT count(*) FROM messages WHERE status = 'queued' AND conversation_id = 1",
            "UPDATE messages SET content = content || 'x' WHERE id = 1 AND status = 'streaming'",
            "UPDATE owners SET revision = revision + 1 WHERE id = 'local' RETURNING revision",
            """
            WITH RECURSIVE path(id, parent_id, count) AS (
                SELECT id, parent_id, 1 FROM messages WHERE id = 1
                UNION ALL
                SELECT parent.id, parent.parent_id, path.count + 1 FROM messages parent JOIN path ON parent.id = path.parent_id WHERE path.count < 60)
            SELECT messages.* FROM messages JOIN path ON messages.id = path.id
            """,
        ];
        foreach (var question in questions)
        {
            var plan = await PlanAsync(context, question);
            Assert.Contains(plan, step => step.StartsWith("SEARCH", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN messages", StringComparison.Ordinal) || step.StartsWith("SCAN c", StringComparison.Ordinal));
        }
    }

    private static async Task<List<string>> PlanAsync(ChatDbContext context, string question)
    {
        await context.Database.OpenConnectionAsync(Cancel);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        // What ToQueryString says of parameters is for the shell.
        command.CommandText = "EXPLAIN QUERY PLAN " + string.Join('\n', question.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)));
        var steps = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync(Cancel))
            while (await rows.ReadAsync(Cancel)) steps.Add(rows.GetString(3));
        await context.Database.CloseConnectionAsync();
        return steps;
    }

    /// <summary>Reads a body, lets a reply grow by it, and writes a frame for each chunk; returns how many there were.</summary>
    private static async Task<int> CarryAsync(byte[] body)
    {
        var settings = new GroqSettings();
        using var watchdog = new Watchdog(TimeSpan.FromMinutes(1), settings.Gap, TimeProvider.System, Cancel);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        await using var stream = new GroqStream(
            response, new MemoryStream(body), watchdog, new GroqFailures(settings, TimeProvider.System, NullLogger.Instance));
        using var generation = new Generation(new TurnIds("local", 1, 2, 3), "m");
        var (count, cursor) = (0, default(Cursor));
        while (await stream.ReadAsync() is { } delta)
        {
            if (delta.Kind == GroqDeltaKind.End) continue;
            generation.Append(delta.Kind, delta.Text);
            var slice = generation.Read(cursor);
            Assert.NotEmpty(ChatFrames.Write(StreamingEvent.From(generation.Ids, slice)));
            cursor = slice.Next;
            count++;
        }

        return count;
    }

    /// <summary>How often one server's writer committed.</summary>
    private sealed class CommitCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public CommitCount(IMeterFactory server)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "tahochat.database.commit.size" && ReferenceEquals(instrument.Meter.Scope, server)) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref _count));
            _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref _count));
            _listener.Start();
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>An event a millisecond; a read takes all that came since the one before, and waits where none did.</summary>
    private sealed class EventEachMillisecond(int events) : MemoryStream
    {
        private static readonly byte[] _event = "data: {}\n\n"u8.ToArray();

        private readonly long _began = Stopwatch.GetTimestamp();
        private int _given;

        public int Reads { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given == events) return 0;
            Reads++;
            int due;
            while ((due = Math.Min(events, (int)Stopwatch.GetElapsedTime(_began).TotalMilliseconds)) == _given) await Task.Delay(1, cancellationToken);
            var length = 0;
            for (; _given < due && length + _event.Length <= buffer.Length; _given++, length += _event.Length) _event.CopyTo(buffer[length..]);
            return length;
        }
    }
}
