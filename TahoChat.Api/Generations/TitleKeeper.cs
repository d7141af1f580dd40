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
    /// <summary>Goes on by itself: no reply waits for a title.</summary>
    /// <param name="ids">Of the turn that ended.</param>
    /// <param name="opening">The message, where it is known to have opened the conversation; null where that is to be read.</param>
    /// <param name="reply">What the reply says.</param>
    /// <param name="turn">The span that gave cause.</param>
    public void Consider(TurnIds ids, string? opening, string reply, ActivityContext? turn)
    {
        if (reply.Length > 0) _ = Task.Run(() => WriteAsync(ids, opening, reply, turn, lifetime.ApplicationStopping));
    }

    private async Task WriteAsync(TurnIds ids, string? opening, string reply, ActivityContext? turn, CancellationToken cancellationToken)
    {
        try
        {
            if ((opening ?? await ReadAsync(ids, cancellationToken)) is not { } words) return;
            using var span = ChatTelemetry.StartTitle(ids.ConversationId, turn);
            if (await titles.WriteAsync(words, reply, cancellationToken) is not { } title) return;
            if (await writer.WriteAsync(DatabaseOperation.SaveTitle, write => Save(write, ids, title), cancellationToken)) feed.Publish(ids.OwnerId, ids.ConversationId);
        }
        catch (Exception exception) when (exception is OperationCanceledException or DatabaseException)
        {
            Log.NoTitle(logger, ids.ConversationId, exception.Message);
        }
    }

    /// <summary>What the message says; null where it did not open the conversation.</summary>
    private async Task<string?> ReadAsync(TurnIds ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PathAsync(ids.UserMessageId, cancellationToken, limit: 2) is [{ Depth: 1 } asked]
            ? AttachmentRules.Words(asked.Content, asked.Attachments)
            : null;
    }

    /// <summary>False where a person was quicker, or the conversation has gone.</summary>
    private static bool Save(ChatDbContext context, TurnIds ids, string title) => context.Run(
        """
        UPDATE conversations SET title = $title, title_source = 'model', revision = $revision
        WHERE id = $id AND owner_id = $owner AND title_source = 'first_words' AND deleted_at IS NULL
        """,
        ("$title", title), ("$revision", context.NextRevision(ids.OwnerId)), ("$id", ids.ConversationId), ("$owner", ids.OwnerId)) > 0;

    private static partial class Log
    {
        [LoggerMessage(104, LogLevel.Debug, "Conversation {ConversationId} keeps its first words as title: {Reason}")]
        public static partial void NoTitle(ILogger logger, long conversationId, string reason);
    }
}
