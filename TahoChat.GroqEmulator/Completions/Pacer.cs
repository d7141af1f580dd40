namespace TahoChat.GroqEmulator.Completions;

/// <summary>Says how many tokens are due. What a late timer or a slow reader held up is due at the next call, so the
/// average is exact.</summary>
internal sealed class Pacer(TimeProvider time, double tokensPerSecond)
{
    /// <summary>Timers fire to the millisecond at best; below this, tokens are handed out together.</summary>
    public static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(4);

    private const int MostAtOnce = 256;

    private readonly long _start = time.GetTimestamp();
    private long _handedOut;

    /// <summary>Waits until at least one token is due; 1 to 256. The first is due at once.</summary>
    public async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        if (tokensPerSecond <= 0) return MostAtOnce;
        while (true)
        {
            var elapsed = time.GetElapsedTime(_start).TotalSeconds;
            var due = (long)(elapsed * tokensPerSecond) + 1 - _handedOut;
            if (due > 0)
            {
                var count = (int)Math.Min(due, MostAtOnce);
                _handedOut += count;
                return count;
            }

            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((_handedOut / tokensPerSecond - elapsed) * 1000));
            await Task.Delay(wait < ShortestWait ? ShortestWait : wait, time, cancellationToken);
        }
    }
}
