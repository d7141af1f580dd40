using TahoChat.Api.Data;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Backups;

/// <summary>Backs the database up whenever its newest backup is as old as <c>BACKUP_HOURS</c> says. The backups themselves tell how old
/// that is, so a server that starts often makes no more of them.</summary>
public sealed partial class BackupSchedule(
    DatabaseBackups backups, BackupSettings settings, BackupState state, TimeProvider time, ILogger<BackupSchedule> logger) : BackgroundService
{
    /// <summary>How long after one that failed another is tried; sooner where the schedule is.</summary>
    private static readonly TimeSpan _retry = TimeSpan.FromMinutes(10);

    /// <summary>The longest wait at once: what a timer takes, and how late a changed clock is noticed.</summary>
    private static readonly TimeSpan _look = TimeSpan.FromHours(1);

    private static readonly TimeSpan _least = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Every is not { } every) return;
        try
        {
            while (true)
            {
                var wait = await StepAsync(every, stoppingToken);
                await Task.Delay(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, _least.Ticks, _look.Ticks)), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    /// <summary>Until the next one is due.</summary>
    private TimeSpan Wait(TimeSpan every)
    {
        var now = time.GetUtcNow();
        return backups.NewestBefore(now) is { } newest ? newest + every - now : TimeSpan.Zero;
    }

    /// <summary>Makes one where it is due, and returns how long there is nothing to do.</summary>
    private async Task<TimeSpan> StepAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        try
        {
            if (Wait(every) is var wait && wait > TimeSpan.Zero) return wait;
            if (await backups.CreateAsync(cancellationToken) is null) return _least;
            if (state.Is("healthy")) Log.Recovered(logger);
            return Wait(every);
        }
        catch (Exception exception) when (exception is DatabaseException or IOException or UnauthorizedAccessException)
        {
            if (state.Is("failing")) Log.Failing(logger, _retry);
            return _retry;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(307, LogLevel.Error, "The scheduled backup failed; it is tried again every {Pause}")]
        public static partial void Failing(ILogger logger, TimeSpan pause);

        [LoggerMessage(308, LogLevel.Information, "Scheduled backups can be made again")]
        public static partial void Recovered(ILogger logger);
    }
}
