using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>Gives a conversation its title after the first turn; the first words stand until then, and stay where the
/// model has no better ones. A title that a person gave is left alone.</summary>
public sealed partial class TitleKeeper(
    TitleWriter titles,
    IDbContextFactory<ChatDbContext> contexts,
    DatabaseWriter writer,
    ChangeFeed feed,
    IHostApplicationLifetime lifetime,
    ILogger<TitleKeeper> logger)
{
    /// <summary>Goes on by itself: no reply waits for a title. <paramref name="turn"/> is the span that gave cause.</summary>
    public void Consider(TurnIds ids, ActivityContext? turn) => _ = Task.Run(() => WriteAsync(ids, turn, lifetime.ApplicationStopping));

    private async Task WriteAsync(TurnIds ids, ActivityContext? turn, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var messages = await context.Messages.Where(message => message.Id == ids.UserMessageId || message.Id == ids.ReplyId)
                .OrderBy(message => message.Depth).ToListAsync(cancellationToken);
            if (messages is not [{ Depth: 1 } asked, var reply] || reply.Content.Length == 0) return;
            if (context.FindConversation(ids.OwnerId, ids.ConversationId) is not { TitleSource: TitleSource.FirstWords }) return;
            using var span = ChatTelemetry.StartTitle(ids.ConversationId, turn);
            var words = AttachmentRules.Words(asked.Content, context.AttachmentsOf(asked.Id));
            if (await titles.WriteAsync(words, reply.Content, cancellationToken) is not { } title) return;
            await writer.WriteAsync(DatabaseOperation.SaveTitle, write => Save(write, ids, title), cancellationToken);
            feed.Publish(ids.OwnerId, ids.ConversationId);
        }
        catch (Exception exception) when (exception is OperationCanceledException or DatabaseException)
        {
            Log.NoTitle(logger, ids.ConversationId, exception.Message);
        }
    }

    private static void Save(ChatDbContext context, TurnIds ids, string title)
    {
        if (context.FindConversation(ids.OwnerId, ids.ConversationId) is not { TitleSource: TitleSource.FirstWords } conversation) return;
        (conversation.Title, conversation.TitleSource) = (title, TitleSource.Model);
        context.Touch(conversation);
        context.SaveChanges();
    }

    private static partial class Log
    {
        [LoggerMessage(104, LogLevel.Debug, "Conversation {ConversationId} keeps its first words as title: {Reason}")]
        public static partial void NoTitle(ILogger logger, long conversationId, string reason);
    }
}
