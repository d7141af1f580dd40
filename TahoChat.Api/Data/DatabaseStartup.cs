using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Data;

/// <summary>A database that this process must not or cannot serve; the message is one line for the person who starts it.</summary>
public sealed class DatabaseRefusedException(string message) : Exception(message);

/// <summary>Takes the database file for this process, brings its schema up to date, and ends what a dead process left
/// growing. Runs before the server listens.</summary>
public sealed partial class DatabaseStartup(
    DatabaseSettings settings,
    IDbContextFactory<ChatDbContext> contexts,
    TimeProvider time,
    ILogger<DatabaseStartup> logger) : IDisposable
{
    private FileStream? _lock;

    /// <exception cref="DatabaseRefusedException">Another process has the file, or it is no database of ours; the file
    /// was not touched.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var path = settings.Path;
        _lock = DatabaseFile.TakeLock(path);
        DatabaseFile.Check(path);
        if (!File.Exists(path)) await DatabaseFile.CreateAsync(path, cancellationToken);

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await MigrateAsync(context, path, cancellationToken);
            await SweepAsync(context, cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            throw new DatabaseRefusedException($"The database {path} is damaged ({exception.Message}); it was left as it is.");
        }
    }

    public void Dispose() => _lock?.Dispose();

    private async Task MigrateAsync(ChatDbContext context, string path, CancellationToken cancellationToken)
    {
        await RefuseForeignAsync(context, path, cancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellationToken);
        // A process killed while it migrated leaves its row, and EF then waits for ever; we hold the file alone.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0) return;
        var copy = DatabaseFile.CopyBefore(path, pending[0]);
        Log.Migrating(logger, pending.Count, copy);
        await context.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Migrating would mix our tables into those of another program, or of a version that we do not know.</summary>
    private static async Task RefuseForeignAsync(ChatDbContext context, string path, CancellationToken cancellationToken)
    {
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var tables = await context.Database
            .SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE type = 'table'").SingleAsync(cancellationToken);
        if (applied.Count > 0 ? applied.Except(context.Database.GetMigrations()).Any() : tables > 0)
        {
            throw new DatabaseRefusedException(
                $"The database {path} belongs to another program, or to a newer TahoChat; it was left as it is. Set another DATABASE_URL.");
        }
    }

    /// <summary>A reply that still grows in the database does so nowhere: its process is dead. One that waits goes on waiting.</summary>
    private async Task SweepAsync(ChatDbContext context, CancellationToken cancellationToken)
    {
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var left = await context.Messages
            .Where(message => message.Status == MessageStatus.Streaming)
            .ToListAsync(cancellationToken);
        foreach (var message in left)
        {
            message.Status = MessageStatus.Interrupted;
            message.ErrorCode = "server_restarted";
            message.Error = "The server ended while this reply grew.";
            message.CompletedAt = time.GetUtcNow().UtcDateTime;
            context.Touch(await context.Conversations.SingleAsync(
                conversation => conversation.Id == message.ConversationId, cancellationToken), message);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (left.Count > 0) Log.Swept(logger, left.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Applying {Count} migrations; the database as it was is in {Copy}")]
        public static partial void Migrating(ILogger logger, int count, string copy);

        [LoggerMessage(LogLevel.Warning, "{Count} replies were growing when the server ended; they are marked interrupted")]
        public static partial void Swept(ILogger logger, int count);
    }
}
