using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>A saved end, and the replies that waited for it and grow from now on.</summary>
internal sealed record SavedEnd(GenerationEnd End, IReadOnlyList<long> Starts)
{
    /// <summary>The conversation is still called by its first words.</summary>
    public bool NeedsTitle { get; init; }

    /// <summary>What the reply says.</summary>
    public string Content { get; init; } = "";
}

/// <summary>The last write of a reply. It is guarded: of several ends exactly one wins, and none brings a deleted
/// reply back.</summary>
internal static class TerminalUpdate
{
    /// <summary>Saves how a reply ended, whole text included; returns the end with its revision, or with
    /// <see cref="GenerationEnd.Deleted"/> where there is nothing left that could end, or the conversation is in the trash.
    /// Where the reply was finished and <paramref name="goesOn"/>, what waited for it starts in the same transaction; in the
    /// trash nothing starts.</summary>
    public static SavedEnd Run(ChatDbContext context, Generation generation, GenerationEnd end, bool goesOn, DateTime now)
    {
        var ids = generation.Ids;
        if (context.Number(
            "SELECT CASE WHEN deleted_at IS NOT NULL THEN 0 WHEN title_source = 'first_words' THEN 2 ELSE 1 END FROM conversations WHERE id = $id AND owner_id = $owner",
            ("$id", ids.ConversationId), ("$owner", ids.OwnerId)) is not { } state) return new SavedEnd(end with { Deleted = true }, []);
        var (reasoning, content) = generation.Finish();
        generation.Counts.Bytes = Limits.Size(reasoning) + Limits.Size(content);
        var isTrash = state == 0;
        var revision = context.NextRevision(ids.OwnerId);
        var started = goesOn && !isTrash && end.Status == MessageStatus.Complete ? Start(context, ids, revision) : [];
        var ended = context.Run(
            """
            UPDATE messages SET status = $status, content = $content, reasoning = $reasoning, tool_calls = $tool_calls, model = $model,
                finish_reason = $finish_reason, error_code = $error_code, error = $error, retry_at = $retry_at, receipt = $receipt,
                completed_at = $now, revision = $revision
            WHERE id = $id AND status IN ('streaming', 'queued')
            """,
            ("$status", SnakeCase.From(end.Status.ToString())), ("$content", content), ("$reasoning", reasoning),
            ("$tool_calls", generation.ToolCalls is { Count: > 0 } calls ? ToolCallJson.Write(calls) : null), ("$model", generation.Model),
            ("$finish_reason", end.FinishReason), ("$error_code", end.Error?.Code), ("$error", end.Error?.Message),
            ("$retry_at", now + end.Error?.RetryAfter), ("$receipt", ReceiptJson.Write(end.Receipt)),
            ("$now", now), ("$revision", revision), ("$id", ids.ReplyId));
        context.Run(
            "UPDATE conversations SET revision = $revision, updated_at = CASE WHEN $touched THEN $now ELSE updated_at END WHERE id = $id",
            ("$revision", revision), ("$touched", ended > 0 && !isTrash), ("$now", now), ("$id", ids.ConversationId));
        if (ended == 0) return new SavedEnd(end with { Deleted = true }, []);
        Failpoint.Hit(Failpoint.EndBeforeCommit);
        return new SavedEnd(end with { Revision = revision, Deleted = isTrash }, started) { NeedsTitle = state == 2, Content = content };
    }

    /// <summary>Lets grow what waited for the reply; mostly nothing did.</summary>
    private static List<long> Start(ChatDbContext context, TurnIds ids, long revision)
    {
        if (context.Number("SELECT count(*) FROM messages WHERE status = 'queued' AND conversation_id = $id", ("$id", ids.ConversationId)) == 0) return [];
        var started = new WaitingTurns(context, ids.ConversationId).StartBehind(ids.ReplyId);
        foreach (var reply in started) reply.Revision = revision;
        context.SaveChanges();
        return started.ConvertAll(reply => reply.Id);
    }
}
