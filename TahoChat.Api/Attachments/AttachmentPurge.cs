using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Attachments;

/// <summary>Deletes files that were uploaded and never sent, at start and every hour.</summary>
public sealed partial class AttachmentPurge(
    AttachmentWriter attachments, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AttachmentPurge> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, time);
        try
        {
            await lifetime.SettledAsync(stoppingToken);
            do await PurgeAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await attachments.PurgeAsync(cancellationToken) is var count and > 0) Log.Purged(logger, count);
        }
        catch (DatabaseException exception)
        {
            Log.NotPurged(logger, exception.Code);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Information, "{Count} attachments that were never sent are deleted")]
        public static partial void Purged(ILogger logger, int count);

        [LoggerMessage(121, LogLevel.Warning, "Attachments that were never sent could not be deleted yet ({Code})")]
        public static partial void NotPurged(ILogger logger, string code);
    }
}
