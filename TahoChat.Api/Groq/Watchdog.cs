namespace TahoChat.Api.Groq;

/// <summary>Ends a completion that does not come: the first text has a time limit, then every gap between events, and all of
/// it together.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The longest that a completion may take.</summary>
    public static readonly TimeSpan Whole = TimeSpan.FromMinutes(10);

    /// <summary>The longest wait for the usage after the reply is finished.</summary>
    public static readonly TimeSpan Usage = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _longestGap;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _wait;
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _either;
    private TimeSpan? _gap;
    private bool _sawText;

    /// <summary>Starts to watch: the first text has to come within <paramref name="firstText"/>, the next event within
    /// <paramref name="gap"/>. Comments are no events.</summary>
    public Watchdog(TimeSpan firstText, TimeSpan gap, TimeProvider time, CancellationToken caller)
    {
        _longestGap = gap;
        _caller = caller;
        _wait = new CancellationTokenSource(firstText, time);
        _whole = new CancellationTokenSource(Whole, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _wait.Token, _whole.Token);
    }

    /// <summary>Cancelled by the caller or by a time limit.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>The caller's own token.</summary>
    public CancellationToken Caller => _caller;

    /// <summary>Whether the caller cancelled.</summary>
    public bool CallerCancelled => _caller.IsCancellationRequested;

    /// <summary>Whether a time limit ran out; false where the caller cancelled.</summary>
    public bool Expired => !_caller.IsCancellationRequested && (_wait.IsCancellationRequested || _whole.IsCancellationRequested);

    /// <summary>The first text is there: from now on only waits for the next event count.</summary>
    public void SawText()
    {
        if (_sawText) return;
        _sawText = true;
        _gap = _longestGap;
        _wait.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>The reply is finished: only its usage is waited for, and not for long.</summary>
    public void SawFinish()
    {
        _sawText = true;
        _gap = null;
        _wait.CancelAfter(Usage);
    }

    /// <summary>Waits for the next event. A consumer that takes its time between two of them is no gap of the
    /// provider's.</summary>
    public async ValueTask<bool> Next(ValueTask<bool> next)
    {
        if (_gap is not { } gap || next.IsCompleted) return await next;
        _wait.CancelAfter(gap);
        var more = await next;
        _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        return more;
    }

    public void Dispose()
    {
        _either.Dispose();
        _whole.Dispose();
        _wait.Dispose();
    }
}
