using TahoChat.Api.Conversations;

namespace TahoChat.Api.Export;

/// <summary>One conversation with all of its branches and attachments as one JSON file, which an import takes.</summary>
internal static class ConversationFile
{
    public static async Task WriteAsync(Stream stream, Snapshot snapshot, Conversation conversation, DateTime now, CancellationToken cancellationToken)
    {
        var tree = await snapshot.TreeAsync(conversation.Id, cancellationToken);
        var head = await snapshot.HeadAsync(conversation, tree, cancellationToken);
        await using var target = ExportJson.To(stream);
        var json = target.Json;
        json.WriteStartObject();
        json.WriteString("format", Manifest.FormatName);
        json.WriteNumber("version", Manifest.CurrentVersion);
        json.WriteString("exported_at", now);
        json.WritePropertyName("conversation");
        await ExportJson.WriteAsync(target, head, snapshot.PortablesAsync(tree, cancellationToken), cancellationToken);
        json.WriteStartArray("attachments");
        var written = new HashSet<long>();
        await foreach (var message in snapshot.MessagesAsync(tree, cancellationToken))
        {
            foreach (var attachment in message.Attachments.Where(attachment => written.Add(attachment.Id)))
            {
                json.WriteStartObject();
                json.WriteString("uid", attachment.Uid);
                json.WriteBase64String("content", await snapshot.ContentAsync(attachment.Id, cancellationToken));
                json.WriteEndObject();
                await target.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await target.FlushAsync(cancellationToken);
    }
}
