using System.Collections.Concurrent;
using System.Diagnostics;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

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
    TimeProvider time,
    ILogger<TurnRunner> logger)
{
    private static readonly TimeSpan _saveAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Entry> _entries = new();

    /// <summary>The growing and the queued replies of this process.</summary>
    public IEnumerable<Generation> All => _entries.Select(entry => entry.Value.Generation);

    public Generation? Find(long replyId) => _entries.TryGetValue(replyId, out var entry) ? entry.Generation : null;

    /// <summary>Makes a turn's reply known; it grows from <see cref="Start"/> on.</summary>
    public Generation Register(Turn turn, string client, string? reasoningEffort, long sentAt, Activity? activity)
    {
        var generation = new Generation(turn.Ids, turn.Model) { TraceId = turn.TraceId };
        var entry = new Entry(generation, client, reasoningEffort, sentAt, activity);
        // An id that is known already is that of a turn whose commit failed: the database gives it again.
        if (_entries.TryGetValue(turn.Ids.ReplyId, out var lost)) Uncount(lost);
        if (turn.Status == MessageStatus.Streaming) Count(entry);
        _entries[turn.Ids.ReplyId] = entry;
        return generation;
    }

    /// <summary>Takes back <see cref="Register"/>: the turn was not saved.</summary>
    public void Forget(Generation generation)
    {
        var id = generation.Ids.ReplyId;
        if (_entries.TryGetValue(id, out var entry) && entry.Generation == generation && _entries.TryRemove(KeyValuePair.Create(id, entry)))
            Uncount(entry);
    }

    /// <summary>Starts a registered turn that is saved; a queued one waits, unless what it waited for has ended.</summary>
    public void Start(Generation generation, Turn turn)
    {
        feed.Publish(turn.Ids.OwnerId, turn.Ids.ConversationId);
        if (turn.Status == MessageStatus.Queued) _ = StartQueuedAsync(generation.Ids);
        else if (_entries.TryGetValue(turn.Ids.ReplyId, out var entry)) Run(entry);
    }

    /// <summary>Asks a reply to end; one that waits in the queue ends at once.</summary>
    public void End(Generation generation, EndRequest request)
    {
        generation.RequestEnd(request);
        if (generation.IsRunning || !_entries.TryGetValue(generation.Ids.ReplyId, out var entry)) return;
        if (request != EndRequest.Shutdown) _ = FinishAsync(entry, new GenerationEnd(MessageStatus.Stopped, "stopped", null, null));
    }

    /// <summary>Ends all that grows and waits until that is saved.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        foreach (var generation in All) End(generation, EndRequest.Shutdown);
        var running = _entries.Values.Where(entry => entry.Run is not null).Select(entry => entry.Run!);
        await Task.WhenAll(running).WaitAsync(cancellationToken);
    }

    private void Count(Entry entry)
    {
        if (entry.TryCount()) caps.Grow(entry.Client);
    }

    private void Uncount(Entry entry)
    {
        if (entry.TryUncount()) caps.Shrink(entry.Client);
    }

    private void Run(Entry entry)
    {
        entry.Generation.IsRunning = true;
        entry.Run = Task.Run(() => RunAsync(entry));
    }

    private async Task RunAsync(Entry entry)
    {
        Activity.Current = entry.Activity;
        var end = await runner.RunAsync(entry.Generation, entry.ReasoningEffort, entry.SentAt);
        await FinishAsync(entry, end);
    }

    private async Task FinishAsync(Entry entry, GenerationEnd end)
    {
        if (!entry.TryEnd()) return;
        var ids = entry.Generation.Ids;
        var saved = await SaveAsync(entry.Generation, end);
        if (_entries.TryRemove(ids.ReplyId, out _)) Uncount(entry);
        provider.Saw(saved);
        entry.Generation.Announce(saved);
        feed.Publish(ids.OwnerId, ids.ConversationId);
        var reason = saved.Error?.Code ?? saved.FinishReason;
        Log.Ended(logger, ids.ReplyId, saved.Status, reason, entry.Generation.Model, time.GetElapsedTime(entry.SentAt));
        entry.Activity?.SetTag("tahochat.reply.status", saved.Status.ToString()).Dispose();
        if (saved.Deleted) return;
        if (saved.Status == MessageStatus.Complete) await StartQueuedAsync(ids);
        titles.Consider(ids);
    }

    /// <summary>The end is announced only when it is saved: it is tried until the database takes it.</summary>
    private async Task<GenerationEnd> SaveAsync(Generation generation, GenerationEnd end)
    {
        while (true)
        {
            try
            {
                return await writer.WriteAsync(
                    context => TerminalUpdate.Run(context, generation, end, time.GetUtcNow().UtcDateTime), CancellationToken.None);
            }
            catch (DatabaseException exception)
            {
                Log.EndNotSaved(logger, generation.Ids.ReplyId, exception.Code);
                if (generation.Request == EndRequest.Shutdown || exception.Code == "shutting_down") return end;
                await Task.Delay(_saveAgainAfter, time, CancellationToken.None);
            }
        }
    }

    /// <summary>The queue goes on after a reply that was finished, and with the next send after one that was not.</summary>
    private async Task StartQueuedAsync(TurnIds after)
    {
        try
        {
            // Looked up in the write: a stop that is saved later finds the same entry.
            var entry = await writer.WriteAsync(
                context => TurnTransactions.StartQueued(context, after.ConversationId) is { } next
                    ? _entries.GetValueOrDefault(next.Id)
                    : null,
                CancellationToken.None);
            if (entry is null) return;
            Count(entry);
            Run(entry);
            feed.Publish(after.OwnerId, after.ConversationId);
        }
        catch (DatabaseException exception)
        {
            Log.QueueStuck(logger, after.ConversationId, exception.Code);
        }
    }

    private sealed class Entry(Generation generation, string client, string? reasoningEffort, long sentAt, Activity? activity)
    {
        private bool _counted;
        private bool _ended;

        public Generation Generation => generation;

        public string Client => client;

        public string? ReasoningEffort => reasoningEffort;

        public long SentAt => sentAt;

        public Activity? Activity => activity;

        public Task? Run { get; set; }

        /// <summary>Counts it against its client's growing replies; false where it is counted.</summary>
        public bool TryCount() => !Interlocked.Exchange(ref _counted, true);

        public bool TryUncount() => Interlocked.Exchange(ref _counted, false);

        /// <summary>True for the first end, which is the one that counts.</summary>
        public bool TryEnd() => !Interlocked.Exchange(ref _ended, true);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Reply {ReplyId} ended {Status} ({Reason}) by {Model} after {Elapsed}")]
        public static partial void Ended(ILogger logger, long replyId, MessageStatus status, string? reason, string model, TimeSpan elapsed);

        [LoggerMessage(LogLevel.Warning, "The end of reply {ReplyId} could not be saved yet ({Code})")]
        public static partial void EndNotSaved(ILogger logger, long replyId, string code);

        [LoggerMessage(LogLevel.Warning, "The queue of conversation {ConversationId} could not go on ({Code}); the next send tries again")]
        public static partial void QueueStuck(ILogger logger, long conversationId, string code);
    }
}
