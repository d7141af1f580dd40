using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace TahoChat.Api.Data;

/// <summary>The one writer of the database: a thread of its own, because SQLite's calls block, that commits everything
/// that waits in one transaction.</summary>
public sealed partial class DatabaseWriter(
    IDbContextFactory<ChatDbContext> contexts, DatabaseState state, ILogger<DatabaseWriter> logger)
    : IHostedService, IDisposable
{
    /// <summary>How many pieces of work share a commit at most.</summary>
    private const int MaxBatch = 256;

    /// <summary>How long the process waits for a write that is under way when the server's time is over.</summary>
    private static readonly TimeSpan _lastWrite = TimeSpan.FromSeconds(1);

    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
        return _thread is null ? Task.CompletedTask : Task.WhenAny(_ended.Task, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread?.Join(_lastWrite);
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
        _ended.TrySetResult();
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
            Refuse(batch, DatabaseException.Of(exception));
        }

        foreach (var work in batch) work.Complete();
    }

    private void Refuse(List<Work> batch, DatabaseException failure)
    {
        _context?.Dispose();
        _context = null;
        // Who waited meanwhile would wait as long again, and learn the same.
        while (failure.Code == "busy" && _queue.Reader.TryRead(out var waiting))
        {
            if (!waiting.IsCancelled) batch.Add(waiting);
        }

        if (failure.IsTrouble) state.Refused(failure, batch.Count);
        else if (failure.InnerException?.AsSqlite() is { } fault) Log.WriteFailed(logger, fault);
        foreach (var work in batch) work.Fail(work.Failure ?? failure);
    }

    private ChatDbContext CreateContext()
    {
        var context = contexts.CreateDbContext();
        context.Database.AutoSavepointsEnabled = false;
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return context;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A write broke on a fault of ours; nothing of it was kept")]
        public static partial void WriteFailed(ILogger logger, Exception exception);
    }

    private abstract class Work
    {
        public Exception? Failure { get; protected set; }

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
            else _completion.TrySetException(DatabaseException.Of(Failure));
        }
    }
}
