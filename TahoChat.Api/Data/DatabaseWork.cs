namespace TahoChat.Api.Data;

/// <summary>A piece of work for the writer, and who waits for it.</summary>
/// <param name="queuedAt">A timestamp of the time provider.</param>
internal abstract class DatabaseWork(long queuedAt)
{
    public long QueuedAt => queuedAt;

    /// <summary>The transaction that it was part of, once that is over.</summary>
    public DatabaseCommit? Commit { get; private set; }

    public Exception? Failure { get; protected set; }

    public abstract bool IsCancelled { get; }

    /// <summary>False, with <see cref="Failure"/> set, where the work threw.</summary>
    public abstract bool Run(ChatDbContext context);

    public void Fail(Exception failure) => Failure = failure;

    public void Complete(DatabaseCommit commit)
    {
        Commit = commit;
        Complete();
    }

    protected abstract void Complete();
}

/// <inheritdoc/>
internal sealed class DatabaseWork<T>(Func<ChatDbContext, T> work, long queuedAt, CancellationToken cancellationToken) : DatabaseWork(queuedAt)
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

    protected override void Complete()
    {
        if (Failure is null) _completion.TrySetResult(_result!);
        else _completion.TrySetException(DatabaseException.Of(Failure));
    }
}
