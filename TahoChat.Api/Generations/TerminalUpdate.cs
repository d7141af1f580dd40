using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Generations;

/// <summary>A saved end, and the replies that waited for it and grow from now on.</summary>
internal sealed record SavedEnd(GenerationEnd End, IReadOnlyList<long> Starts);

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
        if (context.FindEvenInTrash(ids.OwnerId, ids.ConversationId) is not { } conversation) return new SavedEnd(end with { Deleted = true }, []);
        var (reasoning, content) = generation.Finish();
        generation.Counts.Bytes = Limits.Size(reasoning) + Limits.Size(content);
        var toolCalls = generation.ToolCalls is { Count: > 0 } calls ? calls : null;
        var retryAt = now + end.Error?.RetryAfter;
        var isTrash = conversation.DeletedAt is not null;
        var started = goesOn && !isTrash && end.Status == MessageStatus.Complete
            ? new WaitingTurns(context, ids.ConversationId).StartBehind(ids.ReplyId)
            : [];
        var revision = context.Touch(conversation, [.. started]);
        var ended = context.Messages
            .Where(message => message.Id == ids.ReplyId
                && (message.Status == MessageStatus.Streaming || message.Status == MessageStatus.Queued))
            .ExecuteUpdate(set => set
                .SetProperty(message => message.Status, end.Status)
                .SetProperty(message => message.Content, content)
                .SetProperty(message => message.Reasoning, reasoning)
                .SetProperty(message => message.ToolCalls, toolCalls)
                .SetProperty(message => message.Model, generation.Model)
                .SetProperty(message => message.FinishReason, end.FinishReason)
                .SetProperty(message => message.ErrorCode, end.Error?.Code)
                .SetProperty(message => message.Error, end.Error?.Message)
                .SetProperty(message => message.RetryAt, retryAt)
                .SetProperty(message => message.Receipt, end.Receipt)
                .SetProperty(message => message.CompletedAt, now)
                .SetProperty(message => message.Revision, revision));
        if (ended == 0) return new SavedEnd(end with { Deleted = true }, []);
        if (!isTrash) conversation.UpdatedAt = now;
        context.SaveChanges();
        Failpoint.Hit(Failpoint.EndBeforeCommit);
        return new SavedEnd(end with { Revision = revision, Deleted = isTrash }, [.. started.Select(reply => reply.Id)]);
    }
}
