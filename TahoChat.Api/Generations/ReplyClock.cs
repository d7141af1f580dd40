using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>Measures what a reply is doing, from its command's arrival to its end, by one clock that never goes back. It is always in one
/// <see cref="PhaseKind"/>; the phases follow each other without a gap. Other threads than the reply's own call
/// <see cref="Saved"/>, <see cref="Started"/> and <see cref="Shown"/>. Nothing is allocated, and no time is read, for a chunk that changes nothing.</summary>
/// <param name="sentAt">The command's timestamp of the time provider; of a reply that waited when the server began, the server's beginning.</param>
internal sealed class ReplyClock(TimeProvider time, long sentAt)
{
    /// <summary>A provider that changes between reasoning and content with each chunk would have a phase for each.</summary>
    private const int MostPhases = 128;

    private const long None = -1;

    private readonly Lock _gate = new();
    private readonly List<ReceiptPhase> _phases = [];
    private readonly long _sentAt = sentAt;
    private PhaseKind _kind = PhaseKind.Saving;
    private long _since = sentAt;
    private long _firstTextAt = None;
    private long _firstSliceAt = None;
    private int _requests;
    private int _retries;
    private int? _request;

    public long Now => time.GetTimestamp();

    /// <summary>Whether the provider said anything, reasoning included.</summary>
    public bool SawText => Volatile.Read(ref _firstTextAt) != None;

    /// <summary>The turn is in the database; from now on the reply waits for the one before it, unless it was started already.</summary>
    public void Saved()
    {
        lock (_gate)
        {
            if (_kind == PhaseKind.Saving) Enter(PhaseKind.Waiting);
        }
    }

    /// <summary>It grows from now on.</summary>
    public void Started()
    {
        lock (_gate)
        {
            if (_kind is PhaseKind.Saving or PhaseKind.Waiting) Enter(PhaseKind.Preparing);
        }
    }

    /// <summary>A request leaves for the provider. Where the one before has brought nothing, that was an attempt that failed.</summary>
    public void Sending()
    {
        lock (_gate)
        {
            _requests++;
            if (_kind == PhaseKind.Request)
            {
                _retries++;
                _kind = PhaseKind.Attempt;
            }

            Enter(PhaseKind.Request);
        }
    }

    /// <summary>This came of the provider.</summary>
    public void Take(GroqDelta delta)
    {
        switch (delta.Kind)
        {
            case GroqDeltaKind.Reasoning when _kind != PhaseKind.Reasoning: EnterText(PhaseKind.Reasoning); break;
            case GroqDeltaKind.Content when _kind != PhaseKind.Writing: EnterText(PhaseKind.Writing); break;
            case GroqDeltaKind.End: EndRequest(delta.Completion?.Usage); break;
        }
    }

    /// <summary>Tools are called: that began when the provider had ended.</summary>
    public void Calling()
    {
        lock (_gate) _kind = PhaseKind.Tools;
    }

    /// <summary>Their results are there, and the next request is made ready.</summary>
    public void Called()
    {
        lock (_gate) Enter(PhaseKind.Preparing);
    }

    /// <summary>A slice was written to a socket that has watched since <paramref name="since"/>. Only one that watched before there was text
    /// says how long the first slice took.</summary>
    public void Shown(long since)
    {
        if (Volatile.Read(ref _firstSliceAt) != None || !SawText || since > Volatile.Read(ref _firstTextAt)) return;
        Interlocked.CompareExchange(ref _firstSliceAt, time.GetTimestamp(), None);
    }

    /// <summary>What was measured until now, which is the end.</summary>
    public ReplyTimes End(bool failed)
    {
        lock (_gate)
        {
            if (failed && _kind == PhaseKind.Request) _kind = PhaseKind.Attempt;
            Enter(PhaseKind.Finishing);
            return new ReplyTimes([.. _phases], Between(_sentAt, _firstTextAt), Between(_firstTextAt, Volatile.Read(ref _firstSliceAt)), _requests, _retries);
        }
    }

    /// <summary>Of a reply that ended before anything was asked for it.</summary>
    public Receipt Receipt() => Generations.Receipt.From(usage: null, End(failed: false), bill: null);

    private void EnterText(PhaseKind kind)
    {
        lock (_gate)
        {
            if (!SawText) Volatile.Write(ref _firstTextAt, time.GetTimestamp());
            if (_phases.Count < MostPhases || _kind is not (PhaseKind.Reasoning or PhaseKind.Writing)) Enter(kind);
        }
    }

    private void EndRequest(GroqUsage? usage)
    {
        lock (_gate)
        {
            Enter(PhaseKind.Finishing);
            if (_request is not { } place || usage is null) return;
            _phases[place] = _phases[place] with { QueueTime = usage.QueueTime, PromptTime = usage.PromptTime, CompletionTime = usage.CompletionTime };
        }
    }

    private double? Between(long from, long to) => to == None ? null : Math.Round(time.GetElapsedTime(from, to).TotalSeconds, 6);

    /// <summary>Closes the phase that was. One that took no measurable time is left out, unless the provider's own times belong to it.</summary>
    private void Enter(PhaseKind kind)
    {
        var now = time.GetTimestamp();
        var seconds = Math.Round(time.GetElapsedTime(_since, now).TotalSeconds, 6);
        if (_kind == PhaseKind.Request) _request = _phases.Count;
        if (seconds > 0 || _kind == PhaseKind.Request) Add(seconds);
        (_kind, _since) = (kind, now);
    }

    private void Add(double seconds)
    {
        if (_phases is [.., var last] && last.Kind == _kind && _kind is not (PhaseKind.Request or PhaseKind.Attempt))
            _phases[^1] = last with { Seconds = Math.Round(last.Seconds + seconds, 6) };
        else _phases.Add(new ReceiptPhase { Kind = _kind, Seconds = seconds });
    }
}

/// <summary>What a <see cref="ReplyClock"/> measured, in seconds.</summary>
internal sealed record ReplyTimes(List<ReceiptPhase> Phases, double? FirstText, double? FirstSlice, int Requests, int Retries)
{
    /// <summary>Of all phases of these kinds together; null where there was none.</summary>
    public double? Sum(params PhaseKind[] kinds) =>
        Phases.FindAll(phase => kinds.Contains(phase.Kind)) is { Count: > 0 } those ? Math.Round(those.Sum(phase => phase.Seconds), 6) : null;
}
