using System.Globalization;
using Microsoft.Data.Sqlite;
using TahoChat.Api.Data;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Backups;

/// <summary>A backup: its file's name in the folder <c>backups</c> beside the database, its size in bytes.</summary>
public sealed record Backup(string Name, long Size, DateTimeOffset CreatedAt);

/// <summary>Copies the database while it is in use: SQLite's online backup reads one state of it and holds up no write.</summary>
public sealed partial class DatabaseBackups(DatabaseSettings settings, TimeProvider time, ILogger<DatabaseBackups> logger) : IDisposable
{
    /// <summary>How many are kept; the oldest go first.</summary>
    public const int Kept = 10;

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _folder = Path.Combine(Path.GetDirectoryName(settings.Path)!, "backups");

    /// <summary>Makes one and checks it; null while another is being made.</summary>
    /// <exception cref="DatabaseException"><c>storage_failed</c>: there is no place for it, or it could not be read back.</exception>
    public async Task<Backup?> CreateAsync(CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(0, cancellationToken)) return null;
        try
        {
            // SQLite blocks the thread that it runs on.
            return await Task.Factory.StartNew(Create, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            Log.Failed(logger, exception.Message);
            throw new DatabaseException("storage_failed", "The backup could not be made.", exception);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private Backup Create()
    {
        var now = time.GetUtcNow();
        var name = Path.GetFileNameWithoutExtension(settings.Path);
        Directory.CreateDirectory(_folder);
        // In the order of their names they are in the order of time.
        var file = new FileInfo(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{now:yyyyMMdd'T'HHmmss.fff'Z'}.db")));
        DatabaseFile.BackUp(settings.Path, file.FullName);
        var old = Directory.EnumerateFiles(_folder, $"{name}-*.db").OrderDescending(StringComparer.Ordinal).Skip(Kept);
        foreach (var path in old) File.Delete(path);
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
