using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat.Protocol;

/// <summary>How the end of a reply is told.</summary>
internal static class Ends
{
    public static ServerEvent ToEvent(this GenerationEnd end, Generation generation)
    {
        var ids = generation.Ids;
        var failure = end.Deleted ? new ChatError("not_found", "The conversation was deleted.") : end.Error;
        if (failure is { } error)
        {
            return ErrorEvent.From(error, ids.ConversationId) with
            {
                MessageId = ids.ReplyId,
                MessageStatus = end.Status,
                Revision = end.Revision,
                TraceId = generation.TraceId,
                Usage = Usage.From(end.Receipt),
                Timing = Timing.From(end.Receipt),
                Cost = Cost.From(end.Receipt),
            };
        }

        return new CompleteEvent(ids.ConversationId, ids.ReplyId, end.Status, end.FinishReason)
        {
            Revision = end.Revision,
            Model = generation.Model,
            TraceId = generation.TraceId,
            Usage = Usage.From(end.Receipt),
            Timing = Timing.From(end.Receipt),
            Cost = Cost.From(end.Receipt),
        };
    }

    /// <summary>The same for a reply that ended before and is only in the database.</summary>
    public static ServerEvent ToEndEvent(this Message reply) =>
        reply.ErrorCode is { } code
            ? new ErrorEvent(reply.Error ?? "", reply.ConversationId, code, ChatError.MayPass(code))
            {
                MessageId = reply.Id,
                MessageStatus = reply.Status,
                Revision = reply.Revision,
                TraceId = reply.TraceId,
                Usage = Usage.From(reply.Receipt),
                Timing = Timing.From(reply.Receipt),
                Cost = Cost.From(reply.Receipt),
            }
            : new CompleteEvent(reply.ConversationId, reply.Id, reply.Status, reply.FinishReason)
            {
                Revision = reply.Revision,
                Model = reply.Model,
                TraceId = reply.TraceId,
                Usage = Usage.From(reply.Receipt),
                Timing = Timing.From(reply.Receipt),
                Cost = Cost.From(reply.Receipt),
            };
}
