using System.Diagnostics;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Telemetry;

/// <summary>A turn's span, from the command's arrival to the saved end, and what is told on it meanwhile.</summary>
/// <remarks>Nothing here is called per chunk: what grows with the reply's length is told in a bounded number of events.</remarks>
public sealed class TurnTrace
{
    private readonly Activity _activity;
    private Activity? _queue;
    private bool _sliced;
    private int _failedCheckpoints;
    private TimeSpan _longestCheckpoint;

    private TurnTrace(Activity activity) => _activity = activity;

    /// <summary>In hex; there also where the trace is not recorded.</summary>
    public string TraceId => _activity.TraceId.ToHexString();

    /// <summary>For the children, which begin where this is the current activity.</summary>
    public Activity Activity => _activity;

    /// <summary>A command came. Its turn is a child of the browser's span where the command names it, else a new root; linked to the
    /// connection's span either way, which lasts as long as the socket. Where the request itself waits for the reply, its own
    /// span is the parent: that is the browser's child already.</summary>
    internal static TurnTrace Begin(TurnRequest request)
    {
        var connection = Activity.Current;
        if (connection is not null && request.AwaitsReply)
            return Started(ChatTelemetry.StartAlways("turn", ActivityKind.Internal, connection.Context, []), request);
        _ = ActivityContext.TryParse(request.TraceParent, null, isRemote: true, out var parent);
        ActivityLink[] links = connection is null ? [] : [new ActivityLink(connection.Context)];
        return Started(ChatTelemetry.StartAlways("turn", ActivityKind.Server, parent, links), request);
    }

    /// <summary>A reply that waited when the server ended grows. Its span is a second root in the trace that the reply's row names:
    /// who opens that sees both.</summary>
    internal static TurnTrace Continue(Generation generation)
    {
        // Only the trace is known: a parent that has no id makes a root in it.
        var kept = ActivityContext.TryParse($"00-{generation.TraceId}-{ActivitySpanId.CreateRandom()}-01", null, isRemote: true, out var context)
            ? new ActivityContext(context.TraceId, default, ActivityTraceFlags.Recorded, isRemote: true)
            : default;
        var trace = new TurnTrace(ChatTelemetry.StartAlways("turn", ActivityKind.Internal, kept, []));
        trace._activity.SetTag(Conventions.TahoChat.TurnRestored, true);
        trace.Is(generation.Ids);
        return trace;
    }

    /// <summary>It is about to be saved, and waits from then on or grows.</summary>
    internal void Registered(Turn turn)
    {
        Is(turn.Ids);
        if (turn.Status == MessageStatus.Queued) _queue = ChatTelemetry.StartQueue(_activity);
    }

    /// <summary>It waits no longer; <paramref name="waited"/> is null where it did not.</summary>
    internal void Starts(TimeSpan? waited)
    {
        if (waited is { } time) _activity.SetTag(Conventions.TahoChat.TurnQueueTime, time.TotalSeconds);
        EndQueue();
    }

    /// <summary>The first text that is new was given to a socket; later calls say nothing.</summary>
    internal void Sent(Generation generation, Slice slice)
    {
        if (_sliced || (slice.Next.Content <= generation.SeedEnd.Content && slice.Next.Reasoning <= generation.SeedEnd.Reasoning)) return;
        if (Interlocked.Exchange(ref _sliced, true)) return;
        _activity.AddEvent(new ActivityEvent(
            Conventions.Events.FirstSlice, tags: new() { [Conventions.TahoChat.SliceLength] = slice.Content.Length + slice.Reasoning.Length }));
    }

    /// <summary>The checkpoint of that <paramref name="number"/> has the reply. The first one is an event, the second, the fourth, the
    /// eighth…: at most twelve in a reply of ten minutes.</summary>
    internal void Checkpointed(int number, TimeSpan took)
    {
        if (took > _longestCheckpoint) _longestCheckpoint = took;
        if (System.Numerics.BitOperations.IsPow2(number)) Tell(Conventions.Events.Checkpoint, number, took, null);
    }

    /// <summary>A checkpoint failed; told as seldom as those that did not.</summary>
    internal void CheckpointFailed(TimeSpan took, string code)
    {
        _failedCheckpoints++;
        if (System.Numerics.BitOperations.IsPow2(_failedCheckpoints)) Tell(Conventions.Events.CheckpointFailed, _failedCheckpoints, took, code);
    }

    /// <summary>How it ended, which is saved.</summary>
    internal void End(Generation generation, GenerationEnd end)
    {
        _activity.SetTag(Conventions.TahoChat.MessageStatus, SnakeCase.From(end.Status.ToString()))
            .SetTag(Conventions.TahoChat.ReplyLength, generation.Length.Content)
            .SetTag(Conventions.TahoChat.CheckpointCount, generation.Counts.Checkpoints);
        if (generation.Counts.Checkpoints > 0) _activity.SetTag(Conventions.TahoChat.CheckpointLongest, _longestCheckpoint.TotalSeconds);
        if (end.Deleted) _activity.SetTag(Conventions.TahoChat.TurnDeleted, true);
        if (end is { Status: MessageStatus.Failed or MessageStatus.Interrupted, Error: { } error }) _activity.Fail(error.Code);
        Stop();
    }

    /// <summary>The server ends; it goes on waiting in the database.</summary>
    internal void Leave()
    {
        _activity.SetTag(Conventions.TahoChat.MessageStatus, SnakeCase.From(nameof(MessageStatus.Queued)));
        Stop();
    }

    /// <summary>Nothing was written: there is no turn.</summary>
    internal void Refuse(string code)
    {
        _activity.DisplayName = "turn refused";
        _activity.Fail(code);
        Stop();
    }

    /// <summary>The same command came before, or changed a message that waits: the turn is another one.</summary>
    internal void Repeats(Turn turn)
    {
        _activity.DisplayName = "turn repeated";
        if (turn.Generation?.Trace is { } other) _activity.AddLink(new ActivityLink(other.Activity.Context));
        Is(turn.Ids);
        Stop();
    }

    private static TurnTrace Started(Activity activity, TurnRequest request)
    {
        activity.SetTag(Conventions.TahoChat.TurnKind, request.Kind);
        return new TurnTrace(activity);
    }

    private void Is(TurnIds ids) => _activity
        .SetTag(Conventions.TahoChat.ConversationId, ids.ConversationId)
        .SetTag(Conventions.TahoChat.UserMessageId, ids.UserMessageId)
        .SetTag(Conventions.TahoChat.MessageId, ids.ReplyId)
        .SetTag(Conventions.GenAi.ConversationId, ChatTelemetry.Text(ids.ConversationId));

    private void Tell(string name, int number, TimeSpan took, string? code)
    {
        var tags = new ActivityTagsCollection
        {
            [Conventions.TahoChat.CheckpointNumber] = number,
            [Conventions.TahoChat.CheckpointTime] = took.TotalSeconds,
        };
        if (code is not null) tags[Conventions.ErrorType] = code;
        _activity.AddEvent(new ActivityEvent(name, tags: tags));
    }

    private void EndQueue() => Interlocked.Exchange(ref _queue, null)?.End();

    private void Stop()
    {
        EndQueue();
        _activity.End();
    }
}
