namespace TahoChat.Api.Lifetime;

/// <summary>How long the server takes to end, once it is asked to: with patience for what grows, or at once.</summary>
public sealed partial class Ending : IDisposable
{
    /// <summary>How long growing replies may take to end by themselves.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>How long all that follows may take: saving, goodbyes, the last requests.</summary>
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(3.5);

    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<Ending> _logger;
    private readonly CancellationTokenSource _graceIsOver;
    private readonly CancellationTokenSource _isOver;
    private int _asked;

    public Ending(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Ending> logger)
    {
        (_lifetime, _logger) = (lifetime, logger);
        _graceIsOver = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _isOver = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _graceIsOver.Token.Register(() => _isOver.CancelAfter(_rest));
    }

    /// <summary>What still grows is to be broken off.</summary>
    public CancellationToken GraceIsOver => _graceIsOver.Token;

    /// <summary>Whatever is still open is to be cut off.</summary>
    public CancellationToken IsOver => _isOver.Token;

    /// <summary>Asks for the end; who asks a second time is in a hurry.</summary>
    public void Ask(bool patiently)
    {
        var first = Interlocked.Increment(ref _asked) == 1;
        if (first && patiently) _graceIsOver.CancelAfter(Grace);
        else _graceIsOver.Cancel();
        Log.Asked(_logger, first && patiently ? "after the growing replies, at the latest in 20 s; another signal ends it at once" : "at once");
        _lifetime.StopApplication();
    }

    /// <summary>For an end that no signal asked for: it comes at once.</summary>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref _asked, 1, 0) == 0) _graceIsOver.Cancel();
    }

    public void Dispose()
    {
        _graceIsOver.Dispose();
        _isOver.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Information, "Ending {When}")]
        public static partial void Asked(ILogger logger, string when);
    }
}
