using TahoChat.Api.Data;

namespace TahoChat.Api.Generations;

/// <summary>A turn from its send to its saved end, as the log and the metrics tell it. Nothing of what was said is in it.</summary>
/// <param name="Reply">The reply.</param>
/// <param name="End">How it ended.</param>
/// <param name="Kind"><c>send</c>, <c>edit</c>, <c>regenerate</c> or <c>continue</c>.</param>
/// <param name="Waited">How long it waited behind another reply; null where it did not.</param>
/// <param name="Duration">From the send to the saved end.</param>
internal sealed partial record TurnStory(Generation Reply, GenerationEnd End, string Kind, TimeSpan? Waited, TimeSpan Duration)
{
    /// <summary>The model that answered.</summary>
    public string Model => Reply.Model;

    public string StatusName => SnakeCase.From(End.Status.ToString());

    /// <summary>From the send to the first text, in seconds; null where none came.</summary>
    public double? FirstText => End.Receipt?.TimeToFirstToken;

    /// <summary>Writes the turn's one line.</summary>
    public void Tell(ILogger logger)
    {
        if (!logger.IsEnabled(LogLevel.Information)) return;
        var (ids, counts, receipt) = (Reply.Ids, Reply.Counts, End.Receipt);
        Log.Ended(
            logger, ids.ReplyId, ids.ConversationId, ids.UserMessageId, Kind, StatusName, End.Error?.Code ?? End.FinishReason, Model,
            Milliseconds(Waited) ?? 0, (long?)(FirstText * 1000), Milliseconds(Duration)!.Value,
            receipt?.PromptTokens ?? 0, receipt?.CompletionTokens ?? 0, receipt?.CachedTokens ?? 0,
            counts.Chunks, counts.Slices, Reply.Retries, Reply.ToolCalls.Count, counts.Bytes, counts.Checkpoints, Reply.TraceId);
    }

    private static long? Milliseconds(TimeSpan? time) => (long?)time?.TotalMilliseconds;

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information,
            "Reply {ReplyId} in conversation {ConversationId} to message {UserMessageId} ({Kind}) ended {Status} ({Reason}) by {Model}: "
            + "queued {QueueMs} ms, first token {FirstTokenMs} ms, total {DurationMs} ms; tokens {InputTokens} in, {OutputTokens} out, "
            + "{CachedTokens} cached; {Chunks} chunks, {Slices} slices, {Retries} retries, {ToolCalls} tool calls; "
            + "{Bytes} bytes saved, {Checkpoints} checkpoints; trace {TraceId}")]
        public static partial void Ended(
            ILogger logger, long replyId, long conversationId, long userMessageId, string kind, string status, string? reason, string model,
            long queueMs, long? firstTokenMs, long durationMs, int inputTokens, int outputTokens, int cachedTokens,
            int chunks, int slices, int retries, int toolCalls, int bytes, int checkpoints, string? traceId);
    }
}
