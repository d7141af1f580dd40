using Microsoft.Data.Sqlite;
using TahoChat.Api.Data;
using TahoChat.Api.Settings;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Backups;

/// <summary>A backup: its file's name in the folder <c>backups</c> beside the database, its size in bytes.</summary>
public sealed record Backup(string Name, long Size, DateTimeOffset CreatedAt);

/// <summary>Copies the database while it is in use: SQLite's online backup reads one state of it and holds up no write.</summary>
public sealed partial class DatabaseBackups(
    DatabaseSettings settings, BackupSettings kept, ChatMetrics metrics, TimeProvider time, ILogger<DatabaseBackups> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Makes one and checks it; null while another is being made.</summary>
    /// <exception cref="DatabaseException"><c>storage_failed</c>: there is no place for it, or it could not be read back.</exception>
    public async Task<Backup?> CreateAsync(CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(0, cancellationToken)) return null;
        try
        {
            // SQLite blocks the thread that it runs on.
            var backup = await Task.Factory.StartNew(Create, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            metrics.BackedUp(done: true);
            return backup;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            metrics.BackedUp(done: false);
            Log.Failed(logger, exception.Message);
            throw new DatabaseException("storage_failed", "The backup could not be made.", exception);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>When the newest one was made; null where there is none. One from the future is of a clock that went wrong.</summary>
    public DateTimeOffset? NewestBefore(DateTimeOffset now) =>
        DatabaseTraces.Backups(settings.Path).Select(file => BackupName.TimeOf(settings.Path, file)).FirstOrDefault(made => made <= now);

    public void Dispose() => _one.Dispose();

    private Backup Create()
    {
        var now = time.GetUtcNow();
        var folder = Directory.CreateDirectory(DatabaseTraces.BackupsOf(settings.Path));
        var file = new FileInfo(Path.Combine(folder.FullName, BackupName.For(settings.Path, now)));
        // One name for all of them, so that what a kill left is cleared away.
        DatabaseCopy.Make(settings.Path, file.FullName, DatabaseFile.Draft(Path.Combine(folder.FullName, Path.GetFileName(settings.Path))));
        // The new one stays, also where a clock that went wrong made others later than it.
        foreach (var path in DatabaseTraces.Backups(settings.Path).Except([file.FullName]).Skip(kept.Keep - 1).ToList()) File.Delete(path);
        Log.Created(logger, file.FullName, file.Length);
        return new Backup(file.Name, file.Length, now);
    }

    private static partial class Log
    {
        [LoggerMessage(305, LogLevel.Information, "The database was backed up to {File} ({Bytes} bytes)")]
        public static partial void Created(ILogger logger, string file, long bytes);

        [LoggerMessage(306, LogLevel.Error, "The database could not be backed up: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
