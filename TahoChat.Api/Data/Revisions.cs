using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Data;

/// <summary>Every change takes the owner's next revision, in the transaction that makes it.</summary>
internal static class Revisions
{
    /// <summary>The owner's latest revision. Read it before what it is to stand for: what is saved in between then comes twice
    /// rather than never.</summary>
    public static Task<long> LatestRevisionAsync(this ChatDbContext context, string ownerId, CancellationToken cancellationToken) =>
        context.Owners.Where(owner => owner.Id == ownerId).Select(owner => owner.Revision).SingleAsync(cancellationToken);

    /// <summary>The owner's next revision. Safe because one writer has the database.</summary>
    public static long NextRevision(this ChatDbContext context, string ownerId)
    {
        return context.Number("UPDATE owners SET revision = revision + 1 WHERE id = $id RETURNING revision", ("$id", ownerId))
            ?? throw new InvalidOperationException($"There is no owner {ownerId}.");
    }

    /// <summary>Marks a conversation, and those of its messages that changed, with the next revision.</summary>
    public static long Touch(this ChatDbContext context, Conversation conversation, params ReadOnlySpan<Message> messages)
    {
        conversation.Revision = context.NextRevision(conversation.OwnerId);
        foreach (var message in messages) message.Revision = conversation.Revision;
        return conversation.Revision;
    }
}
