using System.Security.Cryptography;
using System.Text.Json;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Generations;

/// <summary>Makes commands happen once; each call runs in the transaction that begins the reply.</summary>
internal static class Claims
{
    /// <summary>What the same command came to before, or that its id was used for another; null where it is new.</summary>
    public static SendOutcome? Find(ChatDbContext context, TurnRequest request)
    {
        if (request.ClientMessageId is not { } id) return null;
        if (context.Claims.Find(request.OwnerId, id) is not { } claim) return null;
        if (claim.BodyHash != Hash(request) || (request.ConversationId is { } conversation && conversation != claim.ConversationId))
            return new ChatError("conflict", "Something else was already sent under this client_message_id.");
        if (context.FindConversation(claim.OwnerId, claim.ConversationId) is null
            || context.Messages.Find(claim.ReplyId) is not { Status: not MessageStatus.Removed } reply)
            return new ChatError("gone", "The message was sent before, and was taken away since.");
        // Of the message and not of the reply's end: a client that watches from there misses nothing in between.
        var revision = context.Messages.Find(reply.ParentId)!.Revision;
        return new Turn(TurnIds.Of(reply), reply.Status, reply.Model ?? "", revision)
        {
            ClientMessageId = id,
            TraceId = reply.TraceId,
            Known = true,
        };
    }

    /// <summary>The command has happened, and came to this reply.</summary>
    public static void Add(ChatDbContext context, TurnRequest request, Message reply)
    {
        if (request.ClientMessageId is not { } id) return;
        context.Run(
            """
            INSERT INTO claims (owner_id, client_message_id, body_hash, conversation_id, reply_id)
            VALUES ($owner_id, $client_message_id, $body_hash, $conversation_id, $reply_id)
            """,
            ("$owner_id", request.OwnerId), ("$client_message_id", id), ("$body_hash", Hash(request)),
            ("$conversation_id", reply.ConversationId), ("$reply_id", reply.Id));
    }

    private static string Hash(TurnRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request.Body)));
}
