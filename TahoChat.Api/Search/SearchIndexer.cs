using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Search;

/// <summary>Follows the messages: whatever changed is in the index a moment later. Who writes messages knows nothing of it; what is not
/// done when the server ends is done by the next one.</summary>
internal sealed partial class SearchIndexer(
    IMessageSearch index, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SearchIndexer> logger) : BackgroundService
{
    /// <summary>Between two looks at the queue.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    /// <summary>After a write that the database refused.</summary>
    private static readonly TimeSpan _longPause = TimeSpan.FromSeconds(5);

    /// <summary>Between two batches, as long as one keeps the writer: it is free half of the time.</summary>
    private static readonly TimeSpan _shortPause = TimeSpan.FromMilliseconds(20);

    private bool _isPrepared;
    private bool _fails;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!_isPrepared) await Task.Delay(await StepAsync(PrepareAsync, stoppingToken), time, stoppingToken);
            await lifetime.SettledAsync(stoppingToken);
            while (true) await Task.Delay(await StepAsync(IndexAsync, stoppingToken), time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task<TimeSpan> PrepareAsync(CancellationToken cancellationToken)
    {
        await index.PrepareAsync(cancellationToken);
        _isPrepared = true;
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> IndexAsync(CancellationToken cancellationToken) =>
        await index.IndexSomeAsync(cancellationToken) ? _shortPause : _pause;

    /// <summary>Returns how long to wait then.</summary>
    private async Task<TimeSpan> StepAsync(Func<CancellationToken, Task<TimeSpan>> step, CancellationToken cancellationToken)
    {
        try
        {
            var pause = await step(cancellationToken);
            if (_fails) Log.WritesAgain(logger);
            _fails = false;
            return pause;
        }
        catch (Exception exception) when (exception is DatabaseException or System.Data.Common.DbException)
        {
            if (!_fails) Log.Fails(logger, exception.Message);
            _fails = true;
            return _longPause;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Warning, "The search index cannot be written and falls behind: {Reason}")]
        public static partial void Fails(ILogger logger, string reason);

        [LoggerMessage(141, LogLevel.Information, "The search index is written again")]
        public static partial void WritesAgain(ILogger logger);
    }
}
