using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Data;

/// <summary>The one writer of the database: a thread of its own, because SQLite's calls block, that commits everything
/// that waits in one transaction.</summary>
public sealed partial class DatabaseWriter(
    IDbContextFactory<ChatDbContext> contexts, DatabaseState state, ChatMetrics metrics, TimeProvider time, ILogger<DatabaseWriter> logger)
    : IHostedService, IDisposable
{
    /// <summary>How many pieces of work share a commit at most.</summary>
    private const int MaxBatch = 256;

    /// <summary>How long the process waits for a write that is under way when the server's time is over.</summary>
    private static readonly TimeSpan _lastWrite = TimeSpan.FromSeconds(1);

    private readonly Channel<DatabaseWork> _queue = Channel.CreateUnbounded<DatabaseWork>(new() { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private Thread? _thread;
    private ChatDbContext? _context;

    /// <summary>How many pieces of work the writer has not taken up yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Runs <paramref name="work"/> in the writer's transaction and returns its result after the commit. The
    /// work saves its own changes. A cancelled call whose turn has not come does nothing.</summary>
    /// <exception cref="DatabaseException">Nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<ChatDbContext, T> work, CancellationToken cancellationToken) =>
        Enqueue(new DatabaseWork<T>(work, time.GetTimestamp(), cancellationToken));

    /// <inheritdoc cref="WriteAsync{T}(Func{ChatDbContext, T}, CancellationToken)"/>
    public Task WriteAsync(Action<ChatDbContext> work, CancellationToken cancellationToken) => WriteAsync(Result(work), cancellationToken);

    /// <summary>The same as a span of the current trace, which tells how long the write waited and how long its commit took.</summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{ChatDbContext, T}, CancellationToken)"/>
    public async Task<T> WriteAsync<T>(DatabaseOperation operation, Func<ChatDbContext, T> work, CancellationToken cancellationToken)
    {
        using var span = operation.Start();
        var item = new DatabaseWork<T>(work, time.GetTimestamp(), cancellationToken);
        try
        {
            return await Enqueue(item);
        }
        catch (DatabaseException exception)
        {
            span?.SetTag(Conventions.Db.ResponseStatusCode, exception.InnerException?.AsSqlite()?.SqliteErrorCode.ToString(CultureInfo.InvariantCulture)).Fail(exception.Code);
            throw;
        }
        finally
        {
            if (span is not null) item.Commit?.Describe(span, item.QueuedAt, time);
        }
    }

    /// <inheritdoc cref="WriteAsync{T}(DatabaseOperation, Func{ChatDbContext, T}, CancellationToken)"/>
    public Task WriteAsync(DatabaseOperation operation, Action<ChatDbContext> work, CancellationToken cancellationToken) =>
        WriteAsync(operation, Result(work), cancellationToken);

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
        return _thread is null ? Task.CompletedTask : Task.WhenAny(_ended.Task, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread?.Join(_lastWrite);
    }

    private static Func<ChatDbContext, bool> Result(Action<ChatDbContext> work) => context =>
    {
        work(context);
        return true;
    };

    private Task<T> Enqueue<T>(DatabaseWork<T> item)
    {
        Interlocked.Increment(ref _waiting);
        if (_queue.Writer.TryWrite(item)) return item.Task;
        Interlocked.Decrement(ref _waiting);
        return Task.FromException<T>(new DatabaseException("shutting_down", "The server is shutting down."));
    }

    /// <summary>Puts the next work that waits into the batch; false where none does.</summary>
    private bool Take(List<DatabaseWork> batch)
    {
        if (!_queue.Reader.TryRead(out var work)) return false;
        Interlocked.Decrement(ref _waiting);
        if (!work.IsCancelled) batch.Add(work);
        return true;
    }

    private void Run()
    {
        var batch = new List<DatabaseWork>(MaxBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MaxBatch && Take(batch))
            {
                // As many as wait.
            }

            if (batch.Count > 0) Commit(batch);
            batch.Clear();
        }

        Close();
        _ended.TrySetResult();
    }

    private void Close()
    {
        _context?.Database.CloseConnection();
        _context?.Dispose();
        _context = null;
    }

    private void Commit(List<DatabaseWork> batch)
    {
        var began = time.GetTimestamp();
        string? code = null;
        try
        {
            _context ??= CreateContext();
            using var transaction = _context.Database.BeginTransaction();
            foreach (var work in batch)
            {
                if (batch.Count > 1) transaction.CreateSavepoint("work");
                if (!work.Run(_context))
                {
                    // What the database refuses to one it refuses to all; SQLite may have rolled everything back already.
                    if (batch.Count == 1 || DatabaseException.Of(work.Failure!).IsTrouble) throw work.Failure!;
                    transaction.RollbackToSavepoint("work");
                }

                _context.ChangeTracker.Clear();
            }

            transaction.Commit();
            state.Took();
        }
        catch (Exception exception)
        {
            var failure = DatabaseException.Of(exception);
            code = failure.Code;
            Refuse(batch, failure);
        }

        var commit = new DatabaseCommit(began, time.GetTimestamp(), batch.Count);
        metrics.Committed(time.GetElapsedTime(commit.BeganAt, commit.EndedAt), commit.Writes, code);
        foreach (var work in batch)
        {
            metrics.WriteWaited(time.GetElapsedTime(work.QueuedAt, Math.Max(work.QueuedAt, commit.BeganAt)));
            work.Complete(commit);
        }
    }

    private void Refuse(List<DatabaseWork> batch, DatabaseException failure)
    {
        Close();
        // Who waited meanwhile would wait as long again, and learn the same.
        while (failure.Code == "busy" && Take(batch))
        {
            // All of them.
        }

        if (failure.IsTrouble) state.Refused(failure, batch.Count);
        else if (failure.InnerException?.AsSqlite() is { } fault) Log.WriteFailed(logger, fault);
        foreach (var work in batch) work.Fail(work.Failure ?? failure);
    }

    private ChatDbContext CreateContext()
    {
        var context = contexts.CreateDbContext();
        context.Database.AutoSavepointsEnabled = false;
        // Open as long as the context: what is prepared on it stays prepared.
        context.Database.OpenConnection();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return context;
    }

    private static partial class Log
    {
        [LoggerMessage(304, LogLevel.Error, "A write broke on a fault of ours; nothing of it was kept")]
        public static partial void WriteFailed(ILogger logger, Exception exception);
    }
}
