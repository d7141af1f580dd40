using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Generations;

/// <summary>A message that waits, its empty reply, and the reply that both wait for.</summary>
internal sealed record WaitingTurn(Message Message, Message Reply, long BeforeId, MessageStatus BeforeStatus);

/// <summary>The queues of a conversation, one behind each reply that something waits for. Each call runs in a write's
/// transaction; who calls touches and saves what it returns.</summary>
internal sealed class WaitingTurns
{
    private readonly List<WaitingTurn> _turns;

    public WaitingTurns(ChatDbContext context, long conversationId)
    {
        _turns = [.. context.Messages
            .Where(reply => reply.ConversationId == conversationId && reply.Status == MessageStatus.Queued)
            .Join(context.Messages, reply => reply.ParentId, message => message.Id, (reply, message) => new { reply, message })
            .Join(context.Messages, turn => turn.message.ParentId, before => before.Id, (turn, before) =>
                new { turn.reply, turn.message, before.Id, before.Status })
            .OrderBy(turn => turn.reply.Id)
            .AsEnumerable()
            .Select(turn => new WaitingTurn(turn.message, turn.reply, turn.Id, turn.Status))];
    }

    public int Count => _turns.Count;

    /// <summary>The turn of which this is the message or the reply.</summary>
    public WaitingTurn? Find(long? messageId) =>
        _turns.Find(turn => turn.Message.Id == messageId || turn.Reply.Id == messageId);

    /// <summary>The first of the queue that <paramref name="messageId"/> is in, where nothing grows before it.</summary>
    public WaitingTurn? FirstOfPaused(long? messageId) =>
        First(messageId) is { BeforeStatus: not MessageStatus.Streaming } first ? first : null;

    /// <summary>Whether <paramref name="messageId"/> waits, however far, behind one of these replies.</summary>
    public bool IsBehind(long? messageId, IReadOnlyCollection<long> replyIds)
    {
        var turn = Find(messageId);
        while (turn is not null && !replyIds.Contains(turn.BeforeId)) turn = Find(turn.BeforeId);
        return turn is not null;
    }

    /// <summary>What waited for <paramref name="replyId"/> grows from now on.</summary>
    public List<Message> StartBehind(long replyId) => Start(turn => turn.BeforeId == replyId);

    /// <summary>What waits for a reply that was finished grows from now on.</summary>
    public List<Message> StartFinished() => Start(turn => turn.BeforeStatus == MessageStatus.Complete);

    /// <summary>What waited for one of these replies waits for <paramref name="reply"/>, another attempt at them.</summary>
    public List<Message> MoveBehind(IReadOnlyCollection<long> replyIds, Message reply)
    {
        var moved = _turns.Where(turn => replyIds.Contains(turn.BeforeId)).Select(turn => turn.Message).ToList();
        foreach (var message in moved) message.ParentId = reply.Id;
        return moved;
    }

    /// <summary>Takes a turn out; what waited for it moves up. Returns all that changed.</summary>
    public List<Message> Remove(WaitingTurn turn)
    {
        var behind = _turns.Where(other => other != turn && IsBehind(other.Reply.Id, [turn.Reply.Id])).ToList();
        foreach (var other in behind)
        {
            other.Message.Depth -= 2;
            other.Reply.Depth -= 2;
            if (other.BeforeId == turn.Reply.Id) other.Message.ParentId = turn.BeforeId;
        }

        foreach (var message in (Message[])[turn.Message, turn.Reply]) (message.Status, message.Content) = (MessageStatus.Removed, "");
        return [turn.Message, turn.Reply, .. behind.Select(other => other.Message)];
    }

    private List<Message> Start(Func<WaitingTurn, bool> which)
    {
        var started = _turns.Where(which).Select(turn => turn.Reply).ToList();
        foreach (var reply in started) reply.Status = MessageStatus.Streaming;
        return started;
    }

    private WaitingTurn? First(long? messageId)
    {
        var first = Find(messageId);
        while (first is not null && Find(first.BeforeId) is { } earlier) first = earlier;
        return first;
    }
}
