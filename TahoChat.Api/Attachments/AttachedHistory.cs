using System.Text;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Attachments;

/// <summary>A conversation as the model is given it: text files quoted before their message, pictures beside it. Of the
/// pictures the newest are given, as many as a request may hold; of the others a note says that they were there.</summary>
internal static class AttachedHistory
{
    private const string NotAgain = "not given again, there is no room for it";
    private const string NotSeen = "this model cannot see it";

    /// <summary>The messages in their order, without the replies of which nothing came.</summary>
    /// <param name="path">With their attachments, oldest first.</param>
    /// <param name="sees">Whether the model takes pictures.</param>
    public static async Task<IReadOnlyList<GroqMessage>> BuildAsync(
        ChatDbContext context, IReadOnlyList<Message> path, bool sees, CancellationToken cancellationToken)
    {
        var given = sees ? Newest(path) : [];
        var texts = path.SelectMany(message => message.Attachments).Where(file => file.Kind == AttachmentKind.Text).Select(file => file.Id);
        var contents = await ContentsAsync(context, [.. texts, .. given], cancellationToken);
        var messages = new List<GroqMessage>(path.Count);
        foreach (var message in path)
        {
            if (message.Role == MessageRole.Assistant) messages.AddRange(ToolHistory.Of(message.Content, message.ToolCalls));
            else messages.Add(new GroqMessage(SnakeCase.From(message.Role.ToString()), Text(message, contents, sees)) { Images = Images(message, contents) });
        }

        return messages;
    }

    /// <summary>The same for a model that cannot see: another took the place of the one that was asked for.</summary>
    public static IReadOnlyList<GroqMessage> WithoutPictures(IReadOnlyList<GroqMessage> messages) =>
        [.. messages.Select(message => message.Images is null
            ? message
            : message with { Images = null, Content = $"[{message.Images.Count} pictures: {NotSeen}]\n\n{message.Content}".TrimEnd() })];

    private static HashSet<long> Newest(IReadOnlyList<Message> path)
    {
        var given = new HashSet<long>();
        long size = 0;
        foreach (var image in path.Reverse().SelectMany(message => message.Attachments.Reverse()).Where(file => file.Kind == AttachmentKind.Image))
        {
            if (given.Contains(image.Id)) continue;
            size += AttachmentLimits.Base64Of(image.Size);
            if (given.Count == AttachmentLimits.Images || size > AttachmentLimits.ImageBase64) break;
            given.Add(image.Id);
        }

        return given;
    }

    private static async Task<Dictionary<long, byte[]>> ContentsAsync(ChatDbContext context, HashSet<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? []
            : await context.AttachmentContents
                .Where(content => ids.Contains(content.AttachmentId))
                .ToDictionaryAsync(content => content.AttachmentId, content => content.Content, cancellationToken);

    private static string Text(Message message, Dictionary<long, byte[]> contents, bool sees)
    {
        if (message.Attachments.Count == 0) return message.Content;
        var text = new StringBuilder();
        foreach (var file in message.Attachments)
        {
            if (file.Kind == AttachmentKind.Text) Quote(text, file.Name, Encoding.UTF8.GetString(contents.GetValueOrDefault(file.Id, [])));
            else if (!contents.ContainsKey(file.Id)) text.Append($"[Picture {Quoted(file.Name)}: {(sees ? NotAgain : NotSeen)}]\n\n");
        }

        return text.Append(message.Content).ToString().TrimEnd('\n');
    }

    private static List<string>? Images(Message message, Dictionary<long, byte[]> contents)
    {
        var images = message.Attachments
            .Where(file => file.Kind == AttachmentKind.Image && contents.ContainsKey(file.Id))
            .Select(file => $"data:{file.MediaType};base64,{Convert.ToBase64String(contents[file.Id])}")
            .ToList();
        return images.Count > 0 ? images : null;
    }

    /// <summary>A fence that is longer than any in the text: nothing in it can end it.</summary>
    private static void Quote(StringBuilder text, string name, string content)
    {
        var fence = new string('`', Math.Max(3, LongestRun(content) + 1));
        text.Append($"File {Quoted(name)}:\n{fence}\n{content}{(content.EndsWith('\n') ? "" : "\n")}{fence}\n\n");
    }

    private static string Quoted(string name) => $"\"{name.Replace('"', '\'')}\"";

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
