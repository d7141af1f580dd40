using System.Diagnostics;

namespace TahoChat.Tests.Groq;

/// <summary>How much later than asked a timer of this process fires, added up: what a busy machine takes, and no deadline may
/// be charged with.</summary>
internal sealed class Lateness : IAsyncDisposable
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _measuring;
    private long _ticks;

    public Lateness() => _measuring = MeasureAsync();

    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _measuring;
        _stop.Dispose();
    }

    private async Task MeasureAsync()
    {
        try
        {
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                await Task.Delay(_step, _stop.Token);
                Interlocked.Add(ref _ticks, Math.Max(0, (Stopwatch.GetElapsedTime(started) - _step).Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            // Measured enough.
        }
    }
}
