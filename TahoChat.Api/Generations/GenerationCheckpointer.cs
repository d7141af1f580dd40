using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Telemetry;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>A watcher whose socket is the database: every 250 ms it writes what the growing replies gained, all of them
/// in one transaction, so that a crash loses no more than that.</summary>
public sealed partial class GenerationCheckpointer(
    GenerationHub hub, DatabaseWriter writer, ChatMetrics metrics, TimeProvider time, ILogger<GenerationCheckpointer> logger) : BackgroundService
{
    /// <summary>How much of a reply a crash may cost.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await CheckpointAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends; the terminal updates write what is left.
        }
    }

    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        var dirty = hub.Running.Where(generation => generation.Saved != generation.Length).ToList();
        if (dirty.Count == 0) return;
        var began = time.GetTimestamp();
        var bytes = 0L;
        try
        {
            var saved = await writer.WriteAsync(context =>
            {
                bytes = 0;
                var lengths = dirty.ConvertAll(generation => Append(context, generation, ref bytes));
                Failpoint.Hit(Failpoint.CheckpointBeforeCommit);
                return lengths;
            }, cancellationToken);
            Failpoint.Hit(Failpoint.CheckpointAfterCommit);
            for (var i = 0; i < dirty.Count; i++) dirty[i].Saved = saved[i];
            var took = time.GetElapsedTime(began);
            metrics.Checkpointed(took, bytes);
            foreach (var generation in dirty)
            {
                generation.Counts.Checkpoints++;
                generation.Trace?.Checkpointed(generation.Counts.Checkpoints, took);
            }
        }
        catch (DatabaseException exception)
        {
            Log.CheckpointFailed(logger, dirty.Count, exception.Code);
            var took = time.GetElapsedTime(began);
            metrics.Checkpointed(took, 0, exception.Code);
            foreach (var generation in dirty) generation.Trace?.CheckpointFailed(took, exception.Code);
        }
    }

    /// <summary>Appends, so that a long reply is not written anew each time; returns how far it got, and adds the text's
    /// <paramref name="bytes"/>.</summary>
    private static Cursor Append(ChatDbContext context, Generation generation, ref long bytes)
    {
        var cursor = generation.Saved;
        while (generation.Read(cursor) is { IsEmpty: false } slice)
        {
            context.Run(
                "UPDATE messages SET content = content || $content, reasoning = reasoning || $reasoning WHERE id = $id AND status = 'streaming'",
                ("$content", slice.Content), ("$reasoning", slice.Reasoning), ("$id", generation.Ids.ReplyId));
            if (slice.Steps.Any(step => step is ToolCallStep))
            {
                context.Run(
                    "UPDATE messages SET tool_calls = $calls WHERE id = $id AND status = 'streaming'",
                    ("$calls", ToolCallJson.Write(generation.ToolCalls)), ("$id", generation.Ids.ReplyId));
            }

            bytes += Limits.Size(slice.Content) + Limits.Size(slice.Reasoning);
            cursor = slice.Next;
        }

        return cursor;
    }

    private static partial class Log
    {
        [LoggerMessage(105, LogLevel.Debug, "The checkpoint of {Count} replies failed ({Code}); the next one has it all")]
        public static partial void CheckpointFailed(ILogger logger, int count, string code);
    }
}
