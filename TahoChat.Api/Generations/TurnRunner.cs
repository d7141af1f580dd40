using System.Collections.Concurrent;
using System.Diagnostics;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>Carries turns from their start to their saved end: runs the reply, writes how it ended, tells those who
/// watch, starts the one that waited behind it.</summary>
public sealed partial class TurnRunner(
    GenerationRunner runner,
    DatabaseWriter writer,
    ClientCaps caps,
    ChangeFeed feed,
    TitleKeeper titles,
    ProviderState provider,
    ChatMetrics metrics,
    TimeProvider time,
    ILogger<TurnRunner> logger)
{
    /// <summary>How many attempts to save an end are spans: the database may be gone for hours.</summary>
    private const int TracedAttempts = 5;

    private static readonly TimeSpan _saveAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, TurnEntry> _entries = new();
    private volatile bool _closed;

    /// <summary>The growing and the queued replies of this process.</summary>
    public IEnumerable<Generation> All => _entries.Select(entry => entry.Value.Generation);

    public Generation? Find(long replyId) => _entries.TryGetValue(replyId, out var entry) ? entry.Generation : null;

    /// <summary>Makes a turn's reply known; it grows from <see cref="Start"/> on.</summary>
    public Generation Register(Turn turn, TurnRequest request, long sentAt, TurnTrace trace)
    {
        var generation = new Generation(turn.Ids, turn.Model, turn.Seed, turn.SeedCalls) { TraceId = turn.TraceId, Trace = trace, Clock = new ReplyClock(time, sentAt), Counts = new(metrics) };
        trace.Registered(turn);
        var entry = new TurnEntry(generation, request.Client, request.ReasoningEffort, request.MayAsk, sentAt) { Kind = request.Kind, Given = turn.Given, IsQueued = turn.Status == MessageStatus.Queued };
        // An id that is known already is that of a turn whose commit failed: the database gives it again.
        if (_entries.TryGetValue(turn.Ids.ReplyId, out var lost)) Uncount(lost);
        if (turn.Status == MessageStatus.Streaming) Count(entry);
        _entries[turn.Ids.ReplyId] = entry;
        return generation;
    }

    /// <summary>Makes a reply known that waited when the server ended; nobody is counted for it until it grows.</summary>
    public void Restore(Message reply)
    {
        var now = time.GetTimestamp();
        var generation = new Generation(TurnIds.Of(reply), reply.Model ?? "") { TraceId = reply.TraceId, Clock = new ReplyClock(time, now), Counts = new(metrics) };
        generation.Clock.Saved();
        _entries[reply.Id] = new TurnEntry(generation, reply.OwnerId, reply.ReasoningEffort, mayAsk: true, now, reply.CreatedAt) { IsQueued = true };
    }

    /// <summary>Takes back <see cref="Register"/>: the turn was not saved.</summary>
    public void Forget(Generation generation)
    {
        var id = generation.Ids.ReplyId;
        if (_entries.TryGetValue(id, out var entry) && entry.Generation == generation && _entries.TryRemove(KeyValuePair.Create(id, entry)))
            Uncount(entry);
    }

    /// <summary>Runs a reply that is saved as growing.</summary>
    public void Start(long replyId)
    {
        if (!_entries.TryGetValue(replyId, out var entry)) return;
        Count(entry);
        entry.Waited = Waited(entry);
        entry.Generation.IsRunning = true;
        if (entry.RestoredFrom is not null) entry.Generation.Trace ??= TurnTrace.Continue(entry.Generation);
        entry.Generation.Trace?.Starts(entry.Waited);
        entry.Generation.Clock?.Started();
        entry.Run = Task.Run(() => RunAsync(entry));
    }

    /// <summary>Asks a reply to end; one that waits in the queue ends at once.</summary>
    public void End(Generation generation, EndRequest request)
    {
        generation.RequestEnd(request);
        if (generation.IsRunning || !_entries.TryGetValue(generation.Ids.ReplyId, out var entry)) return;
        if (request != EndRequest.Shutdown) _ = FinishAsync(entry, new GenerationEnd(MessageStatus.Stopped, "stopped", null, generation.Clock?.Receipt()));
    }

    /// <summary>A reply that waited is in the database no more: tells those who wait for it.</summary>
    public void Discard(long replyId, GenerationEnd end)
    {
        if (!_entries.TryRemove(replyId, out var entry) || !entry.TryEnd()) return;
        Tell(entry, end);
        entry.Generation.Trace?.End(entry.Generation, end);
        entry.Generation.Announce(end);
    }

    /// <summary>What waits stays waiting from now on. Ends when nothing grows any more.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        await Task.WhenAll(_entries.Values.Select(entry => entry.Run ?? Task.CompletedTask)).WaitAsync(cancellationToken);
    }

    /// <summary>Ends all that grows and waits until that is saved.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        foreach (var generation in All) End(generation, EndRequest.Shutdown);
        try
        {
            await DrainAsync(cancellationToken);
        }
        finally
        {
            foreach (var waiting in All.Where(generation => !generation.IsRunning)) waiting.Trace?.Leave();
        }
    }

    private void Count(TurnEntry entry)
    {
        if (entry.TryCount()) caps.Grow(entry.Client);
    }

    private void Uncount(TurnEntry entry)
    {
        if (entry.TryUncount()) caps.Shrink(entry.Client);
    }

    private async Task RunAsync(TurnEntry entry)
    {
        Activity.Current = entry.Generation.Trace?.Activity;
        var end = await runner.RunAsync(entry);
        await FinishAsync(entry, end);
        // Counted again where it started while a stop ended it.
        Uncount(entry);
    }

    private async Task FinishAsync(TurnEntry entry, GenerationEnd end)
    {
        if (!entry.TryEnd()) return;
        // Whoever asked for the end: saving it belongs to the turn.
        var trace = entry.Generation.Trace;
        Activity.Current = trace?.Activity;
        var ids = entry.Generation.Ids;
        var written = await SaveAsync(entry.Generation, end);
        var saved = written.End;
        Failpoint.Hit(Failpoint.EndAfterCommit);
        if (_entries.TryRemove(KeyValuePair.Create(ids.ReplyId, entry))) Uncount(entry);
        provider.Saw(saved);
        Tell(entry, saved);
        trace?.End(entry.Generation, saved);
        entry.Generation.Announce(saved);
        foreach (var reply in written.Starts) Start(reply);
        feed.Publish(ids.OwnerId, ids.ConversationId);
        if (written.NeedsTitle && !saved.Deleted) titles.Consider(ids, entry.Given?.Asked, written.Content, trace?.Activity.Context);
    }

    private void Tell(TurnEntry entry, GenerationEnd end)
    {
        var story = new TurnStory(entry.Generation, end, entry.Kind, entry.Waited ?? Waited(entry), time.GetElapsedTime(entry.SentAt));
        var current = Activity.Current;
        Activity.Current = entry.Generation.Trace?.Activity ?? current;
        story.Tell(logger);
        Activity.Current = current;
        metrics.ReplyEnded(story);
    }

    /// <summary>So far; null where it did not have to wait.</summary>
    private TimeSpan? Waited(TurnEntry entry) =>
        !entry.IsQueued ? null : entry.RestoredFrom is { } queued ? time.GetUtcNow().UtcDateTime - queued : time.GetElapsedTime(entry.SentAt);

    /// <summary>The end is announced only when it is saved: it is tried until the database takes it.</summary>
    private async Task<SavedEnd> SaveAsync(Generation generation, GenerationEnd end)
    {
        SavedEnd Run(ChatDbContext context) => TerminalUpdate.Run(context, generation, end, goesOn: !_closed, time.GetUtcNow().UtcDateTime);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return attempt <= TracedAttempts
                    ? await writer.WriteAsync(DatabaseOperation.End, Run, CancellationToken.None)
                    : await writer.WriteAsync(Run, CancellationToken.None);
            }
            catch (DatabaseException exception)
            {
                Log.EndNotSaved(logger, generation.Ids.ReplyId, exception.Code);
                if (generation.Request == EndRequest.Shutdown || exception.Code == "shutting_down") return new SavedEnd(end, []);
                await Task.Delay(_saveAgainAfter, time, CancellationToken.None);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Warning, "The end of reply {ReplyId} could not be saved yet ({Code})")]
        public static partial void EndNotSaved(ILogger logger, long replyId, string code);
    }
}
