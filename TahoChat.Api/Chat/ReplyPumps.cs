using System.Collections.Concurrent;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>The replies that a socket is sent: one pump each, however often it was asked for.</summary>
internal sealed class ReplyPumps(ChatSocket socket) : IDisposable
{
    /// <summary>How many ended pumps are remembered at most, so that a socket that is open for weeks does not grow.</summary>
    private const int MostRemembered = 1000;

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<long, Pump> _pumps = new();

    /// <summary>Whether the client knows more than the classic protocol, in which every frame brings text: only then is it sent
    /// frames of reasoning alone.</summary>
    public bool WithReasoning { get; set; }

    /// <summary>Ends with the replies that are being sent now.</summary>
    public Task Completion => Task.WhenAll(_pumps.Values.Select(pump => pump.Ended));

    /// <summary>Sends a growing reply from <paramref name="cursor"/> on, unless it is being sent.</summary>
    public void Ensure(Generation generation, Cursor cursor)
    {
        if (_pumps.ContainsKey(generation.Ids.ReplyId)) return;
        var pump = new Pump(_ended.Token);
        if (_pumps.TryAdd(generation.Ids.ReplyId, pump)) Start(pump, generation, cursor, before: null);
        else pump.Dispose();
    }

    /// <summary>Sends a growing reply from <paramref name="cursor"/> on, whatever of it was sent before: the client says
    /// what it has. A cursor that does not exist is answered with <c>reset</c>.</summary>
    public void Restart(Generation generation, Cursor cursor)
    {
        var pump = new Pump(_ended.Token);
        Pump? before = null;
        _pumps.AddOrUpdate(generation.Ids.ReplyId, pump, (_, old) =>
        {
            before = old;
            return pump;
        });
        Start(pump, generation, cursor, before);
    }

    /// <summary>Whether a pump tells the end of a reply, as <paramref name="message"/> has it; returns when it has told it.</summary>
    public async Task<bool> TellAsync(Message message, CancellationToken cancellationToken)
    {
        if (!_pumps.TryGetValue(message.Id, out var pump) || message.Revision > pump.EndRevision) return false;
        await pump.Ended.WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends every pump; the replies go on.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync();
        await Completion;
    }

    public void Dispose() => _ended.Dispose();

    private void Start(Pump pump, Generation generation, Cursor cursor, Pump? before)
    {
        socket.Counts.PumpStarted();
        if (_pumps.Count > MostRemembered) Forget();
        _ = Task.Run(
            async () =>
            {
                try
                {
                    if (before is not null) await before.EndAsync();
                    await RunAsync(pump, generation, cursor);
                }
                finally
                {
                    socket.Counts.PumpEnded();
                    pump.Dispose();
                }
            },
            CancellationToken.None);
    }

    private void Forget()
    {
        foreach (var (id, pump) in _pumps)
        {
            if (pump.Ended.IsCompleted) _pumps.TryRemove(KeyValuePair.Create(id, pump));
        }
    }

    private async Task RunAsync(Pump pump, Generation generation, Cursor cursor)
    {
        var since = generation.Clock?.Now ?? 0;
        try
        {
            var start = generation.Clamp(cursor);
            var ids = generation.Ids;
            if (start != cursor)
                await socket.SendAsync(new ResetEvent(ids.ConversationId, ids.ReplyId, start.Content, start.Reasoning), pump.Cancelled);
            await foreach (var slice in generation.WatchAsync(start, pump.Cancelled))
            {
                if (WithReasoning && !await SendStepsAsync(ids, slice, pump.Cancelled)) return;
                if (IsWanted(slice) && !await SendTextAsync(generation, slice, since, pump.Cancelled)) return;
                if (slice.End is not { } end) continue;
                await socket.SendAsync(end.ToEvent(generation), pump.Cancelled);
                pump.EndRevision = end.Revision;
            }
        }
        catch (OperationCanceledException) when (pump.Cancelled.IsCancellationRequested)
        {
            // The socket is gone, or the client asked to start elsewhere; the reply goes on.
        }
    }

    private async Task<bool> SendStepsAsync(TurnIds ids, Slice slice, CancellationToken cancellationToken)
    {
        foreach (var step in slice.Steps)
        {
            // A wait that is over is no news to who comes later.
            if (StreamingEvent.From(ids, slice.From, step, socket.Now) is { } frame && !await socket.SendAsync(frame, cancellationToken)) return false;
        }

        return true;
    }

    private async Task<bool> SendTextAsync(Generation generation, Slice slice, long since, CancellationToken cancellationToken)
    {
        if (!await socket.SendAsync(StreamingEvent.From(generation.Ids, slice), cancellationToken)) return false;
        // Who is sent no reasoning is sent the first text later, and not for our being slow.
        if (WithReasoning || slice.Next.Reasoning == 0) generation.Clock?.Shown(since);
        generation.Trace?.Sent(generation, slice);
        generation.Counts.Sliced(slice);
        return true;
    }

    private bool IsWanted(Slice slice) => slice.Content.Length > 0 || (WithReasoning && slice.Reasoning.Length > 0);

    private sealed class Pump : IDisposable
    {
        private readonly CancellationTokenSource _cancellation;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _endRevision = long.MaxValue;

        public Pump(CancellationToken sessionEnded)
        {
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(sessionEnded);
            Cancelled = _cancellation.Token;
        }

        public CancellationToken Cancelled { get; }

        /// <summary>Ends when nothing more is sent by it.</summary>
        public Task Ended => _ended.Task;

        /// <summary>The revision of the end that was sent; all of them while it is still to come.</summary>
        public long EndRevision
        {
            get => Volatile.Read(ref _endRevision);
            set => Volatile.Write(ref _endRevision, value);
        }

        public async Task EndAsync()
        {
            try
            {
                await _cancellation.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself.
            }

            await Ended;
        }

        public void Dispose()
        {
            _cancellation.Dispose();
            _ended.TrySetResult();
        }
    }
}
