using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Conversations;

/// <summary>Creates and changes conversations, and moves them to the trash; who watches them is told after the commit.</summary>
public sealed class ConversationWriter(DatabaseWriter writer, GenerationHub hub, ChangeFeed feed, TimeProvider time)
{
    public async Task<Conversation> CreateAsync(string ownerId, string title, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var created = await writer.WriteAsync(context =>
        {
            var conversation = context.Conversations.Add(new Conversation
            {
                Uid = Guid.CreateVersion7(),
                OwnerId = ownerId,
                Title = title,
                TitleSource = title == Conversation.DefaultTitle ? TitleSource.Default : TitleSource.Person,
                CreatedAt = now,
                UpdatedAt = now,
            }).Entity;
            context.Touch(conversation);
            context.SaveChanges();
            return conversation;
        }, cancellationToken);
        feed.Publish(ownerId, created.Id);
        return created;
    }

    /// <summary>The renamed conversation, or null where there is none. Its place in the list stays.</summary>
    public async Task<Conversation?> RenameAsync(string ownerId, long id, string title, CancellationToken cancellationToken)
    {
        var renamed = await writer.WriteAsync(context =>
        {
            if (context.FindConversation(ownerId, id) is not { } conversation) return null;
            (conversation.Title, conversation.TitleSource) = (title, TitleSource.Person);
            context.Touch(conversation);
            context.SaveChanges();
            return conversation;
        }, cancellationToken);
        if (renamed is not null) feed.Publish(ownerId, id);
        return renamed;
    }

    /// <summary>The conversation with its new choices, or null where there is none. Its place in the list stays.</summary>
    public async Task<Conversation?> ChooseAsync(string ownerId, long id, ChoiceRequest choice, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var chosen = await writer.WriteAsync(context =>
        {
            if (context.FindConversation(ownerId, id) is not { } conversation) return null;
            choice.Apply(conversation, now);
            var isTagged = choice.HasTags && context.SetTags(conversation, choice.Tags);
            if (!isTagged && !context.ChangeTracker.HasChanges()) return conversation;
            context.Touch(conversation);
            context.SaveChanges();
            return conversation;
        }, cancellationToken);
        if (chosen is not null) feed.Publish(ownerId, id);
        return chosen;
    }

    /// <summary>Shows another branch: the newest path through a message. False where there is no such message.</summary>
    public async Task<bool> SelectAsync(string ownerId, long id, long messageId, CancellationToken cancellationToken)
    {
        var selected = await writer.WriteAsync(context =>
        {
            if (context.FindConversation(ownerId, id) is not { } conversation) return false;
            if (context.LeafThrough(id, messageId) is not { } leaf) return false;
            conversation.HeadId = leaf;
            context.Touch(conversation);
            context.SaveChanges();
            return true;
        }, cancellationToken);
        if (selected) feed.Publish(ownerId, id);
        return selected;
    }

    /// <summary>Moves a conversation to the trash; false where there is none, or it is there already. Whatever grows or waits
    /// in it is stopped with the text that it has; until that is saved, the row looks as it did, and a start that finds it so
    /// ends it.</summary>
    public async Task<bool> DeleteAsync(string ownerId, long id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var deleted = await writer.WriteAsync(context =>
        {
            if (context.FindConversation(ownerId, id) is not { } conversation) return false;
            conversation.DeletedAt = now;
            context.Touch(conversation);
            context.SaveChanges();
            return true;
        }, cancellationToken);
        if (!deleted) return false;
        hub.Drop(id);
        feed.Publish(ownerId, id);
        return true;
    }
}
