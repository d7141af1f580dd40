using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Settings;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Data;

/// <summary>A database that this process must not or cannot serve; the message is one line for the person who starts it.</summary>
public sealed class DatabaseRefusedException(string message) : Exception(message);

/// <summary>Takes the database file for this process, brings its schema up to date, and ends what a dead process left
/// growing. Runs before the server listens.</summary>
public sealed partial class DatabaseStartup(
    DatabaseSettings settings,
    DatabaseState state,
    IDbContextFactory<ChatDbContext> contexts,
    TimeProvider time,
    ILogger<DatabaseStartup> logger) : IDisposable
{
    private FileStream? _lock;

    /// <summary>Whether the process before this one left replies that grew or waited.</summary>
    public bool HadLeftovers { get; private set; }

    /// <exception cref="DatabaseRefusedException">Another process has the file, or it is no database of ours; the file
    /// was not touched.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var path = settings.Path;
        _lock = DatabaseFile.TakeLock(path);
        try
        {
            // What a kill left of one in the making.
            DatabaseFile.Discard(DatabaseFile.DraftOf(path));
            if (DatabaseFile.IsThere(path)) await UpdateAsync(path, cancellationToken);
            else await CreateAsync(path, cancellationToken);
            DatabaseTraces.Remember(path, _lock);
            HadLeftovers = HasLeftovers(path);
            state.Took();
            if (HadLeftovers) await SweepAsync(cancellationToken);
        }
        catch (Exception exception) when (exception.AsSqlite() is { } fault)
        {
            throw new DatabaseRefusedException(fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT
                ? DatabaseInspection.Damaged(path, fault.Message)
                : $"The database {path} cannot be written ({fault.Message}); it was left as it is.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException($"The database {path} cannot be written: {exception.Message}");
        }
    }

    public void Dispose() => _lock?.Dispose();

    private async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        DatabaseTraces.CheckNew(path, _lock!, settings.New);
        await DatabaseFile.CreateAsync(path, cancellationToken);
    }

    private async Task UpdateAsync(string path, CancellationToken cancellationToken)
    {
        var applied = DatabaseInspection.Run(path, DatabaseInspection.Known);
        var pending = DatabaseInspection.Known.Except(applied).ToList();
        if (pending.Count == 0) return;
        var copy = DatabaseFile.CopyBefore(path, pending[0]);
        Log.Migrating(logger, pending.Count, copy);
        await DatabaseFile.ReplaceAsync(path, copy, cancellationToken);
    }

    /// <summary>Whether a dead process left something that has to be ended. Also sets the journal's mode, and fails where nothing can be written.</summary>
    private static bool HasLeftovers(string path)
    {
        using var connection = DatabaseFile.Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = 'wal'";
        command.ExecuteNonQuery();
        // As it is: whether the database is locked, or has no room, shows only in a write.
        command.CommandText = "UPDATE owners SET revision = revision";
        command.ExecuteNonQuery();
        command.CommandText = "SELECT count(*) FROM messages WHERE status IN ('streaming', 'queued')";
        return command.ExecuteScalar() is > 0L;
    }

    /// <summary>A reply that still grows in the database does so nowhere: its process is dead. One that waits goes on waiting,
    /// but in the trash nothing does: its process died between the move there and the end of what grew.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
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
            message.ToolCalls = ToolHistory.BrokenOff(message.ToolCalls);
            context.Touch(await context.Conversations.SingleAsync(
                conversation => conversation.Id == message.ConversationId, cancellationToken), message);
        }

        var trashed = await context.Messages
            .Where(message => message.Status == MessageStatus.Queued)
            .Join(
                context.Conversations.Where(conversation => conversation.DeletedAt != null),
                message => message.ConversationId, conversation => conversation.Id, (message, conversation) => new { message, conversation })
            .ToListAsync(cancellationToken);
        foreach (var row in trashed)
        {
            (row.message.Status, row.message.FinishReason, row.message.CompletedAt) = (MessageStatus.Stopped, "stopped", time.GetUtcNow().UtcDateTime);
            context.Touch(row.conversation, row.message);
        }

        await context.SaveChangesAsync(cancellationToken);
        Failpoint.Hit(Failpoint.SweepBeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        if (left.Count > 0) Log.Swept(logger, left.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(302, LogLevel.Information, "Applying {Count} migrations; the database as it was is in {Copy}")]
        public static partial void Migrating(ILogger logger, int count, string copy);

        [LoggerMessage(303, LogLevel.Warning, "{Count} replies were growing when the server ended; they are marked interrupted")]
        public static partial void Swept(ILogger logger, int count);
    }
}
