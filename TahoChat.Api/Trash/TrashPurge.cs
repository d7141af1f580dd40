using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Trash;

/// <summary>Deletes for good what is in the trash longer than it may be, at start and every hour.</summary>
public sealed partial class TrashPurge(
    TrashWriter trash, IDbContextFactory<ChatDbContext> contexts, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TrashPurge> logger)
    : BackgroundService
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
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await trash.PurgeOldAsync(context, cancellationToken) is var count and > 0) Log.Purged(logger, count);
        }
        catch (DatabaseException exception)
        {
            Log.NotPurged(logger, exception.Code);
        }
        catch (Exception exception) when (exception.AsSqlite() is { } fault)
        {
            Log.NotPurged(logger, DatabaseException.Of(fault).Code);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(122, LogLevel.Information, "{Count} conversations are deleted for good: their time in the trash is over")]
        public static partial void Purged(ILogger logger, int count);

        [LoggerMessage(123, LogLevel.Warning, "The trash could not be emptied of what is old yet ({Code})")]
        public static partial void NotPurged(ILogger logger, string code);
    }
}
