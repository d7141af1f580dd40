using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TahoChat.Api.Data;

/// <summary>The one writer of the database: a thread of its own, because SQLite's calls block, that commits everything
/// that waits in one transaction.</summary>
public sealed partial class DatabaseWriter(IDbContextFactory<ChatDbContext> contexts, ILogger<DatabaseWriter> logger)
    : IHostedService, IDisposable
{
    /// <summary>How many pieces of work share a commit at most.</summary>
    private const int MaxBatch = 256;

    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private Thread? _thread;
    private ChatDbContext? _context;

    /// <summary>Runs <paramref name="work"/> in the writer's transaction and returns its result after the commit. The
    /// work saves its own changes. A cancelled call whose turn has not come does nothing.</summary>
    /// <exception cref="DatabaseException">Nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<ChatDbContext, T> work, CancellationToken cancellationToken)
    {
        var item = new Work<T>(work, cancellationToken);
        return _queue.Writer.TryWrite(item)
            ? item.Task
            : Task.FromException<T>(new DatabaseException("shutting_down", "The server is shutting down."));
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<ChatDbContext> work, CancellationToken cancellationToken) =>
        WriteAsync(context =>
        {
            work(context);
            return true;
        }, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { Name = "database writer", IsBackground = true };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits, then ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        return Task.Run(() => _thread?.Join(), cancellationToken).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread?.Join(TimeSpan.FromSeconds(5));
    }

    private void Run()
    {
        var batch = new List<Work>(MaxBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var work))
            {
                if (!work.IsCancelled) batch.Add(work);
            }

            if (batch.Count > 0) Commit(batch);
            batch.Clear();
        }

        _context?.Dispose();
    }

    private void Commit(List<Work> batch)
    {
        try
        {
            _context ??= CreateContext();
            using var transaction = _context.Database.BeginTransaction();
            foreach (var work in batch)
            {
                if (batch.Count > 1) transaction.CreateSavepoint("work");
                if (!work.Run(_context) && batch.Count > 1) transaction.RollbackToSavepoint("work");
                else if (work.HasFailed) throw work.Failure!;
                _context.ChangeTracker.Clear();
            }

            transaction.Commit();
        }
        catch (Exception exception)
        {
            var failure = Describe(exception);
            if (failure.InnerException is SqliteException) Log.WriteFailed(logger, failure.Code, exception);
            foreach (var work in batch) work.Fail(work.Failure ?? failure);
            _context?.Dispose();
            _context = null;
        }

        foreach (var work in batch) work.Complete();
    }

    private ChatDbContext CreateContext()
    {
        var context = contexts.CreateDbContext();
        context.Database.AutoSavepointsEnabled = false;
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return context;
    }

    private static DatabaseException Describe(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException)?.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                new DatabaseException("busy", "The database is busy. Please try again.", exception),
            null => new DatabaseException("internal", "Something went wrong on the server.", exception),
            _ => new DatabaseException("storage_failed", "The message could not be saved.", exception),
        };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Nothing of this write was kept ({Code})")]
        public static partial void WriteFailed(ILogger logger, string code, Exception exception);
    }

    private abstract class Work
    {
        public Exception? Failure { get; protected set; }

        public bool HasFailed => Failure is not null;

        public abstract bool IsCancelled { get; }

        /// <summary>False, with <see cref="Failure"/> set, where the work threw.</summary>
        public abstract bool Run(ChatDbContext context);

        public void Fail(Exception failure) => Failure = failure;

        public abstract void Complete();
    }

    private sealed class Work<T>(Func<ChatDbContext, T> work, CancellationToken cancellationToken) : Work
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _completion.Task;

        public override bool IsCancelled
        {
            get
            {
                if (cancellationToken.IsCancellationRequested) _completion.TrySetCanceled(cancellationToken);
                return cancellationToken.IsCancellationRequested;
            }
        }

        public override bool Run(ChatDbContext context)
        {
            try
            {
                _result = work(context);
                return true;
            }
            catch (Exception exception)
            {
                Failure = exception;
                return false;
            }
        }

        public override void Complete()
        {
            if (Failure is null) _completion.TrySetResult(_result!);
            else _completion.TrySetException(Failure as DatabaseException ?? Describe(Failure));
        }
    }
}
