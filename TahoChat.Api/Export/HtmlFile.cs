using System.Text;
using TahoChat.Api.Conversations;
using TahoChat.Api.Conversations.Html;

namespace TahoChat.Api.Export;

/// <summary>The path that a conversation shows, as one page that needs nothing else.</summary>
internal static class HtmlFile
{
    public static async Task WriteAsync(Stream stream, Snapshot snapshot, Conversation conversation, CancellationToken cancellationToken)
    {
        var path = Snapshot.Path(await snapshot.TreeAsync(conversation.Id, cancellationToken), conversation.HeadId);
        var messages = await snapshot.MessagesAsync(path, cancellationToken).ToListAsync(cancellationToken);
        var page = new HtmlPage
        {
            Title = conversation.Title,
            Note = $"{ConversationHtml.When(conversation.CreatedAt)} – {ConversationHtml.When(conversation.UpdatedAt)}",
            Messages = conversation.SystemPrompt is { } prompt ? [SystemMessage(conversation, prompt), .. messages] : messages,
            Read = async (attachment, token) => await snapshot.ContentAsync(attachment.Id, token),
            ShowsToolTexts = true,
        };
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024, leaveOpen: true);
        await ConversationHtml.WriteAsync(writer, page, cancellationToken);
    }

    /// <summary>What the model was told before the messages, in their place.</summary>
    private static Message SystemMessage(Conversation conversation, string prompt) =>
        new() { Role = MessageRole.System, Status = MessageStatus.Complete, Content = prompt, CreatedAt = conversation.CreatedAt };
}
