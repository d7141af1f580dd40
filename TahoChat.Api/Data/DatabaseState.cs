using TahoChat.Api.Settings;

namespace TahoChat.Api.Data;

/// <summary>Whether the database takes writes, as its writer saw it last. Trouble is told when it begins and when it is over, in a
/// line each, however many writes it hits.</summary>
public sealed partial class DatabaseState(DatabaseSettings settings, TimeProvider time, ILogger<DatabaseState> logger)
{
    /// <summary>On a full disk a small write may still find a place in what the files have: sends need more.</summary>
    private const long LeastRoom = 1024 * 1024;

    /// <summary>How long a write that was taken says that the next one will be.</summary>
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private long? _tookAt;
    private string? _trouble;
    private long _since;
    private int _refused;

    /// <summary><c>healthy</c>, <c>busy</c> where another program holds it locked, <c>failing</c> where it cannot be written.</summary>
    public string Name
    {
        get
        {
            lock (_lock) return _trouble switch { null => "healthy", "busy" => "busy", _ => "failing" };
        }
    }

    /// <summary>Whether a write was taken a moment ago, and none refused since.</summary>
    internal bool TookLately
    {
        get
        {
            lock (_lock) return _trouble is null && _tookAt is { } at && time.GetElapsedTime(at) < _fresh;
        }
    }

    internal void Took()
    {
        lock (_lock)
        {
            _tookAt = time.GetTimestamp();
            if (_trouble is null || (_trouble != "busy" && !HasRoom())) return;
            Log.TakesWritesAgain(logger, time.GetElapsedTime(_since), _refused);
            (_trouble, _refused) = (null, 0);
        }
    }

    internal void Refused(DatabaseException failure, int writes)
    {
        lock (_lock)
        {
            _refused += writes;
            if (_trouble == failure.Code) return;
            if (_trouble is null) _since = time.GetTimestamp();
            _trouble = failure.Code;
            Log.RefusesWrites(logger, failure.Code, failure.InnerException?.AsSqlite()?.Message);
        }
    }

    private bool HasRoom()
    {
        try
        {
            return new DriveInfo(settings.Path).AvailableFreeSpace >= LeastRoom;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that does not say: the write that it took has to do.
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "The database refuses writes ({Code}): {Reason}")]
        public static partial void RefusesWrites(ILogger logger, string code, string? reason);

        [LoggerMessage(301, LogLevel.Information, "The database takes writes again, after {Elapsed} and {Count} refused ones")]
        public static partial void TakesWritesAgain(ILogger logger, TimeSpan elapsed, int count);
    }
}
