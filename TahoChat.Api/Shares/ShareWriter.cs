using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Shares;

/// <summary>What came of sharing a conversation.</summary>
public enum ShareOutcome
{
    Shared,

    /// <summary>There is no such conversation, or it is another owner's.</summary>
    NotFound,

    /// <summary>Nothing was said in it that is finished.</summary>
    Empty,

    /// <summary>It is shared at as many addresses as there may be.</summary>
    TooMany,
}

/// <summary>Makes addresses of conversations and revokes them.</summary>
public sealed class ShareWriter(DatabaseWriter writer, TimeProvider time)
{
    /// <summary>Shares the branch that the conversation shows, up to its last finished message; what is said later is not part of it.</summary>
    public Task<(ShareOutcome Outcome, Share? Share)> AddAsync(string ownerId, long id, string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return writer.WriteAsync<(ShareOutcome, Share?)>(context =>
        {
            if (context.FindConversation(ownerId, id) is not { DeletedAt: null } conversation) return (ShareOutcome.NotFound, null);
            if (context.Shares.Count(share => share.ConversationId == id) >= Limits.Shares) return (ShareOutcome.TooMany, null);
            if (Finished(context, conversation.HeadId) is not { } head) return (ShareOutcome.Empty, null);
            var added = context.Shares.Add(new Share
            {
                OwnerId = ownerId,
                ConversationId = id,
                HeadId = head,
                Title = conversation.Title,
                TokenHash = ShareToken.HashOf(token),
                CreatedAt = now,
            }).Entity;
            context.SaveChanges();
            return (ShareOutcome.Shared, added);
        }, cancellationToken);
    }

    /// <summary>Ends one share of a conversation, or all of them where <paramref name="shareId"/> is null; returns how many ended.</summary>
    public Task<int> RevokeAsync(string ownerId, long id, long? shareId, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            context => context.Shares
                .Where(share => share.OwnerId == ownerId && share.ConversationId == id && (shareId == null || share.Id == shareId))
                .ExecuteDelete(),
            cancellationToken);

    /// <summary>The last message on the way to <paramref name="head"/> that neither grows nor waits.</summary>
    private static long? Finished(ChatDbContext context, long? head)
    {
        while (head is { } id)
        {
            var message = context.Messages.Where(row => row.Id == id).Select(row => new { row.ParentId, row.Status }).Single();
            if (message.Status is not (MessageStatus.Streaming or MessageStatus.Queued or MessageStatus.Removed)) return id;
            head = message.ParentId;
        }

        return null;
    }
}
