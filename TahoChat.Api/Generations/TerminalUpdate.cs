using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Generations;

/// <summary>The last write of a reply. It is guarded: of several ends exactly one wins, and none brings a deleted
/// reply back.</summary>
internal static class TerminalUpdate
{
    /// <summary>Saves how a reply ended, whole text included; returns the end with its revision, or with
    /// <see cref="GenerationEnd.Deleted"/> where there is nothing left that could end.</summary>
    public static GenerationEnd Run(ChatDbContext context, Generation generation, GenerationEnd end, DateTime now)
    {
        var ids = generation.Ids;
        if (context.FindConversation(ids.OwnerId, ids.ConversationId) is not { } conversation) return end with { Deleted = true };
        var (reasoning, content) = generation.Finish();
        var revision = context.Touch(conversation);
        var ended = context.Messages
            .Where(message => message.Id == ids.ReplyId
                && (message.Status == MessageStatus.Streaming || message.Status == MessageStatus.Queued))
            .ExecuteUpdate(set => set
                .SetProperty(message => message.Status, end.Status)
                .SetProperty(message => message.Content, content)
                .SetProperty(message => message.Reasoning, reasoning)
                .SetProperty(message => message.Model, generation.Model)
                .SetProperty(message => message.FinishReason, end.FinishReason)
                .SetProperty(message => message.ErrorCode, end.Error?.Code)
                .SetProperty(message => message.Error, end.Error?.Message)
                .SetProperty(message => message.Receipt, end.Receipt)
                .SetProperty(message => message.CompletedAt, now)
                .SetProperty(message => message.Revision, revision));
        if (ended == 0) return end with { Deleted = true };
        conversation.UpdatedAt = now;
        context.SaveChanges();
        return end with { Revision = revision };
    }
}
