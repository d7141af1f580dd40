using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Import;

/// <summary>Runs imports, one at a time and beside everything else: the whole file is checked before anything of it is written.</summary>
internal sealed partial class ImportRunner(
    DatabaseWriter database,
    ImportWriter writer,
    ImportFiles files,
    ChangeFeed feed,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ImportRunner> logger)
    : IHostedService, IDisposable
{
    private const int Remembered = 20;

    /// <summary>How often those who watch the list are woken.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<Guid, ImportJob> _jobs = new();
    private readonly ConcurrentQueue<Guid> _order = new();
    private readonly CancellationTokenSource _ends = new();
    private Task _swept = Task.CompletedTask;
    private Task _running = Task.CompletedTask;
    private bool _stopped;

    /// <summary>False where another import is under way. Who gets true gives it back with <see cref="Leave"/>, or with a job's end.</summary>
    public bool TryEnter() => _one.Wait(0);

    public void Leave() => _one.Release();

    public ImportResponse? Find(string ownerId, Guid id) => _jobs.TryGetValue(id, out var job) && job.OwnerId == ownerId ? job.Now : null;

    /// <summary>Begins an import of a file that was recognised.</summary>
    public ImportResponse Begin(string ownerId, ImportSource source, string path)
    {
        var job = new ImportJob(Guid.CreateVersion7(), ownerId, source);
        _jobs[job.Id] = job;
        _order.Enqueue(job.Id);
        while (_order.Count > Remembered && _order.TryDequeue(out var oldest)) _jobs.TryRemove(oldest, out _);
        _running = Task.Run(() => RunAsync(job, path, _ends.Token), CancellationToken.None);
        return job.Now;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        files.Sweep();
        _swept = Task.Run(SweepAsync, cancellationToken);
        return Task.CompletedTask;
    }

    /// <summary>May come again, even after the end: the host of a program that ended by itself is stopped once more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, true)) return;
        await _ends.CancelAsync();
        await Task.WhenAny(_running, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public void Dispose()
    {
        _ends.Dispose();
        _one.Dispose();
    }

    private async Task SweepAsync()
    {
        try
        {
            await lifetime.SettledAsync(_ends.Token);
            await writer.SweepAsync(_ends.Token);
        }
        catch (Exception exception) when (exception is DatabaseException or OperationCanceledException || exception.AsSqlite() is not null)
        {
            // The next import does it.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody waits for this task; its job tells.")]
    private async Task RunAsync(ImportJob job, string path, CancellationToken cancellationToken)
    {
        (ImportState state, ProblemDetails? problem) = (ImportState.Failed, Problems.Details(StatusCodes.Status503ServiceUnavailable, "The server is shutting down.", "shutting_down"));
        try
        {
            var (conversations, prompts) = await CheckAsync(job, cancellationToken);
            job.Write(conversations);
            // One at a time: what is being written now looks the same as what was left.
            await _swept;
            await writer.SweepAsync(cancellationToken);
            await ImportPrompts.WriteAsync(database, job, prompts, cancellationToken);
            await WriteAsync(job, cancellationToken);
            (state, problem) = (ImportState.Done, null);
            Log.Imported(logger, job.Source.Format, job.Now.Imported, job.Now.Unchanged);
        }
        catch (ImportRefusedException exception) when (job.Now.State == ImportState.Checking)
        {
            (state, problem) = (ImportState.Refused, Problems.Details(StatusCodes.Status422UnprocessableEntity, exception.Message, exception.Code));
        }
        catch (DatabaseException exception)
        {
            problem = Problems.Details(StatusCodes.Status503ServiceUnavailable, exception.Message, exception.Code);
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
        catch (Exception exception) when (exception.AsSqlite() is { } fault && DatabaseException.Of(fault) is { IsTrouble: true } trouble)
        {
            problem = Problems.Details(StatusCodes.Status503ServiceUnavailable, trouble.Message, trouble.Code);
        }
        catch (Exception exception)
        {
            problem = Problems.Details(StatusCodes.Status500InternalServerError, null, "internal");
            Log.Broke(logger, exception);
        }

        await job.Source.DisposeAsync();
        files.Delete(path);
        _one.Release();
        // Who sees the end may begin the next one.
        job.End(state, problem);
    }

    /// <summary>Reads all of it; returns how many conversations there are, and the presets.</summary>
    private static async Task<(int Conversations, IReadOnlyList<Export.PortablePrompt> Prompts)> CheckAsync(ImportJob job, CancellationToken cancellationToken)
    {
        var count = 0;
        var seen = new HashSet<Guid>();
        await foreach (var item in job.Source.ReadAsync(cancellationToken))
        {
            count++;
            if (item.LeftOut is not null) continue;
            foreach (var attachment in item.Conversation.Messages!.SelectMany(message => message.Attachments ?? []))
            {
                if (!seen.Add(attachment.Uid)) continue;
                var bytes = await item.BytesAsync(attachment.Uid, cancellationToken);
                // What the bytes are decides how they are shown; what the file says of them counts for nothing.
                if (bytes.Length == 0 || FileSniffer.Sniff(bytes) is not { } file || (file.Kind, file.MediaType, file.Width, file.Height) != (attachment.Kind, attachment.MediaType, attachment.Width, attachment.Height))
                    throw new ImportRefusedException($"The attachment {attachment.Uid} is not the picture or the text that its message says.");
                if (file.HasTooManyPixels)
                    throw new ImportRefusedException($"The attachment {attachment.Uid} has more than 33 megapixels.");
            }
        }

        return (count, await job.Source.PromptsAsync(cancellationToken));
    }

    private async Task WriteAsync(ImportJob job, CancellationToken cancellationToken)
    {
        var (last, told) = (0L, time.GetTimestamp());
        try
        {
            await foreach (var item in job.Source.ReadAsync(cancellationToken))
            {
                if (item.LeftOut is { } reason)
                {
                    job.LeaveOut(item.Conversation.Title, reason);
                    continue;
                }

                var (outcome, id) = await writer.WriteAsync(job.OwnerId, item, cancellationToken);
                job.Add(outcome, item.Conversation.Title);
                if (outcome != ImportOutcome.Imported) continue;
                last = id;
                if (time.GetElapsedTime(told) < _pause) continue;
                feed.Publish(job.OwnerId, id);
                told = time.GetTimestamp();
            }
        }
        finally
        {
            if (last > 0) feed.Publish(job.OwnerId, last);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(150, LogLevel.Information, "An import ({Format}) is done: {Imported} conversations are new, {Unchanged} were here")]
        public static partial void Imported(ILogger logger, string format, int imported, int unchanged);

        [LoggerMessage(151, LogLevel.Error, "An import broke on a fault of ours; what was written of it is whole")]
        public static partial void Broke(ILogger logger, Exception exception);
    }
}
