using System.Security.Cryptography;
using TahoChat.Api.Conversations;
using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>Whether two conversations are the same: the hash of what an export would say of them.</summary>
internal static class Fingerprint
{
    public static async Task<string> OfAsync(Snapshot snapshot, Conversation conversation, CancellationToken cancellationToken)
    {
        var tree = await snapshot.TreeAsync(conversation.Id, cancellationToken);
        var head = await snapshot.HeadAsync(conversation, tree, cancellationToken);
        return await OfAsync(head, snapshot.PortablesAsync(tree, cancellationToken), cancellationToken);
    }

    public static Task<string> OfAsync(PortableConversation conversation, CancellationToken cancellationToken) =>
        OfAsync(conversation, conversation.Messages!.ToAsyncEnumerable(), cancellationToken);

    private static async Task<string> OfAsync(PortableConversation head, IAsyncEnumerable<PortableMessage> messages, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        await using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            await ExportJson.WriteAsync(stream, head, messages, cancellationToken);
        }

        return Convert.ToHexString(hash.Hash!);
    }
}
