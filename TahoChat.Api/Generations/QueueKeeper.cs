using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Generations;

/// <summary>What people do with messages that wait, and what a start does with those that a server's end left waiting.</summary>
public sealed partial class QueueKeeper(
    DatabaseWriter writer,
    TurnRunner turns,
    ChangeFeed feed,
    DatabaseStartup startup,
    IDbContextFactory<ChatDbContext> contexts,
    TimeProvider time,
    ILogger<QueueKeeper> logger)
    : IHostedLifecycleService
{
    private static readonly ChatError _notQueued = new("not_queued", "Nothing waits there any more.");

    /// <summary>Takes a message that waits out of its queue; an error where it does not wait.</summary>
    public async Task<ChatError?> RemoveAsync(string ownerId, long conversationId, long messageId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (removed, revision) = await writer.WriteAsync(context => Remove(context, ownerId, conversationId, messageId, now), cancellationToken);
        if (removed is null) return _notQueued;
        turns.Discard(removed.Value, new GenerationEnd(
            MessageStatus.Removed, null, new ChatError("gone", "The message was taken out of the queue."), null)
        { Revision = revision });
        feed.Publish(ownerId, conversationId);
        return null;
    }

    /// <summary>Lets the paused queue go on at whose end the head is; an error where there is none.</summary>
    public async Task<ChatError?> ResumeAsync(string ownerId, long conversationId, CancellationToken cancellationToken)
    {
        var started = await writer.WriteAsync(
            context => context.FindConversation(ownerId, conversationId) is { } conversation
                ? Start(context, conversation, new WaitingTurns(context, conversationId).FirstOfPaused(conversation.HeadId)?.Reply)
                : null,
            cancellationToken);
        if (started is not { } reply) return _notQueued;
        turns.Start(reply);
        feed.Publish(ownerId, conversationId);
        return null;
    }

    /// <summary>Makes what waits known before the server listens.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!startup.HadLeftovers) return;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await context.Messages.Where(message => message.Status == MessageStatus.Queued).ToListAsync(cancellationToken);
        foreach (var reply in waiting) turns.Restore(reply);
    }

    /// <summary>Starts what waits for a reply that was finished: the server ended between the two.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in turns.All.Select(generation => generation.Ids.ConversationId).Distinct().ToList())
        {
            try
            {
                var started = await writer.WriteAsync(context => StartFinished(context, conversation), cancellationToken);
                foreach (var reply in started) turns.Start(reply);
            }
            catch (DatabaseException exception)
            {
                Log.QueueStuck(logger, conversation, exception.Code);
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static (long? Reply, long Revision) Remove(
        ChatDbContext context, string ownerId, long conversationId, long messageId, DateTime now)
    {
        if (context.FindConversation(ownerId, conversationId) is not { } conversation) return (null, 0);
        var waiting = new WaitingTurns(context, conversationId);
        if (waiting.Find(messageId) is not { } turn) return (null, 0);
        var changed = waiting.Remove(turn);
        AttachmentRules.Place(context, turn.Message, []);
        turn.Reply.CompletedAt = now;
        if (conversation.HeadId == turn.Reply.Id) conversation.HeadId = turn.BeforeId;
        var revision = context.Touch(conversation, [.. changed]);
        context.SaveChanges();
        return (turn.Reply.Id, revision);
    }

    private static long? Start(ChatDbContext context, Conversation conversation, Message? reply)
    {
        if (reply is null) return null;
        reply.Status = MessageStatus.Streaming;
        context.Touch(conversation, reply);
        context.SaveChanges();
        return reply.Id;
    }

    private static List<long> StartFinished(ChatDbContext context, long conversationId)
    {
        var conversation = context.Conversations.Single(row => row.Id == conversationId);
        var started = new WaitingTurns(context, conversationId).StartFinished();
        if (started.Count == 0) return [];
        context.Touch(conversation, [.. started]);
        context.SaveChanges();
        return started.ConvertAll(reply => reply.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(103, LogLevel.Warning, "The queue of conversation {ConversationId} could not go on ({Code}); the next send or resume tries again")]
        public static partial void QueueStuck(ILogger logger, long conversationId, string code);
    }
}
