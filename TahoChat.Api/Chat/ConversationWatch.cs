using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>Tells a socket what changes in one conversation: by revision from the database, and the growing replies by
/// their pumps.</summary>
internal sealed class ConversationWatch(
    ChatSocket socket, ReplyPumps pumps, GenerationHub hub, ChangeFeed feed, IDbContextFactory<ChatDbContext> contexts, string ownerId)
{
    public async Task RunAsync(WatchCommand command, long conversationId, CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(ownerId, conversationId);
        var revision = command.Revision;
        for (var first = true; ; first = false)
        {
            var changes = await ReadAsync(conversationId, revision, cancellationToken);
            if (changes.Conversation is null || (first && changes.Latest < revision))
            {
                await socket.SendAsync(Farewell(conversationId, changes), cancellationToken);
                return;
            }

            await TellAsync(changes, first, cancellationToken);
            revision = Math.Max(revision, changes.Conversation.Revision);
            foreach (var generation in hub.In(conversationId))
            {
                if (first && generation.Ids.ReplyId == command.MessageId)
                    pumps.Restart(generation, new Cursor(command.ReasoningOffset, command.Offset));
                else pumps.Ensure(generation, default);
            }

            if (first) await socket.SendAsync(new WatchingEvent(conversationId, revision), cancellationToken);
            await subscription.WaitAsync(cancellationToken);
        }
    }

    private static ServerEvent Farewell(long conversationId, Changes changes) => changes switch
    {
        { Conversation: not null } => new ResyncEvent(conversationId),
        { DeletedAt: { } revision } => new ConversationDeletedEvent(conversationId, revision),
        _ => ErrorEvent.From(ConversationErrors.NotFound(conversationId), conversationId),
    };

    private async Task TellAsync(Changes changes, bool first, CancellationToken cancellationToken)
    {
        foreach (var message in changes.Messages)
        {
            // In the order of the revisions, ends among them: a client that is cut off in between has all up to the last.
            if (await ShownAsync(message, first, cancellationToken) is { } shown)
                await socket.SendAsync(new MessageEvent(message.ConversationId, message.Revision, shown), cancellationToken);
        }

        if (changes.Summary is { } summary) await socket.SendAsync(ConversationEvent.From(summary), cancellationToken);
    }

    /// <summary>A growing text comes by slices only, and an end that the pump tells is not told twice; but who begins to
    /// watch says what it has, whatever it was sent before.</summary>
    private async Task<MessageResponse?> ShownAsync(Message message, bool first, CancellationToken cancellationToken) => message switch
    {
        { Status: MessageStatus.Streaming or MessageStatus.Queued } => MessageResponse.From(message) with { Content = "", Reasoning = null, ToolCalls = null },
        { Status: MessageStatus.Removed } => MessageResponse.From(message),
        { Role: MessageRole.Assistant } when !first && await pumps.TellAsync(message, cancellationToken) => null,
        _ => MessageResponse.From(message),
    };

    /// <summary>The conversation is read before its messages: what is saved in between comes twice rather than never.</summary>
    private async Task<Changes> ReadAsync(long conversationId, long since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = await context.LatestRevisionAsync(ownerId, cancellationToken);
        var conversation = context.FindConversation(ownerId, conversationId);
        if (conversation is null) return new Changes(null, null, [], latest, await DeletedAtAsync(context, conversationId, cancellationToken));

        if (conversation.Revision <= since) return new Changes(conversation, null, [], latest, null);
        var messages = await context.Messages
            .Where(message => message.ConversationId == conversationId && message.Revision > since)
            .OrderBy(message => message.Revision).ThenBy(message => message.Id)
            .ToListAsync(cancellationToken);
        await context.WithAttachmentsAsync(messages, cancellationToken);
        var head = messages.Find(message => message.Id == conversation.HeadId)
            ?? await context.Messages.SingleOrDefaultAsync(message => message.Id == conversation.HeadId, cancellationToken);
        await context.WithTagsAsync([conversation], cancellationToken);
        var growing = await context.GrowingAsync([conversationId], cancellationToken);
        return new Changes(conversation, ConversationSummary.From(conversation, head, growing.Contains(conversationId)), messages, latest, null);
    }

    /// <summary>The revision at which it went to the trash or for good; null where there never was one.</summary>
    private async Task<long?> DeletedAtAsync(ChatDbContext context, long conversationId, CancellationToken cancellationToken) =>
        context.FindEvenInTrash(ownerId, conversationId)?.Revision
        ?? await context.Tombstones
            .Where(tombstone => tombstone.ConversationId == conversationId && tombstone.OwnerId == ownerId)
            .Select(tombstone => (long?)tombstone.Revision)
            .SingleOrDefaultAsync(cancellationToken);

    private sealed record Changes(
        Conversation? Conversation, ConversationSummary? Summary, IReadOnlyList<Message> Messages, long Latest, long? DeletedAt);
}
