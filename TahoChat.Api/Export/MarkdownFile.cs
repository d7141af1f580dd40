using System.Text;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Export;

/// <summary>The path that a conversation shows, as Markdown: each message under a heading of its own, reasoning and tool calls folded.</summary>
internal static class MarkdownFile
{
    public static async Task WriteAsync(Stream stream, Snapshot snapshot, Conversation conversation, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync($"# {Plain(conversation.Title)}\n\n{Transcript.Time(conversation.CreatedAt)} – {Transcript.Time(conversation.UpdatedAt)}\n".AsMemory(), cancellationToken);
        if (conversation.SystemPrompt is { } prompt) await writer.WriteAsync($"\n{Folded("System prompt", prompt)}".AsMemory(), cancellationToken);
        var path = Snapshot.Path(await snapshot.TreeAsync(conversation.Id, cancellationToken), conversation.HeadId);
        await foreach (var message in snapshot.MessagesAsync(path, cancellationToken))
        {
            await writer.WriteAsync($"\n## {Plain(Transcript.Speaker(message))} · {Transcript.Time(message.CreatedAt)}\n".AsMemory(), cancellationToken);
            foreach (var attachment in message.Attachments)
            {
                await writer.WriteAsync($"\n*Attached: {Plain(Transcript.Describe(attachment))}*\n".AsMemory(), cancellationToken);
                if (attachment.Kind == AttachmentKind.Text)
                    await writer.WriteAsync($"\n{Fenced(Encoding.UTF8.GetString(await snapshot.ContentAsync(attachment.Id, cancellationToken)))}".AsMemory(), cancellationToken);
            }

            if (message.Reasoning.Length > 0) await writer.WriteAsync($"\n{Folded("Reasoning", message.Reasoning)}".AsMemory(), cancellationToken);
            foreach (var call in message.ToolCalls ?? []) await writer.WriteAsync($"\n{Called(call)}".AsMemory(), cancellationToken);
            if (message.Content.Length > 0) await writer.WriteAsync($"\n{message.Content.TrimEnd()}\n".AsMemory(), cancellationToken);
            if (Transcript.End(message) is { } end) await writer.WriteAsync($"\n*{Plain(end)}*\n".AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }
    }

    private static string Called(ToolCall call) => Folded($"Tool: {call.Name}", call.Result is null ? call.Arguments : $"{call.Arguments}\n\n{call.Result}");

    private static string Folded(string title, string text) => $"<details>\n<summary>{Plain(title)}</summary>\n\n{Fenced(text)}\n</details>\n";

    /// <summary>A fence that is longer than any in the text: nothing in it can end it.</summary>
    private static string Fenced(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}text\n{text}{(text.EndsWith('\n') ? "" : "\n")}{fence}\n";
    }

    /// <summary>One line in which nothing is markup.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsControl(letter) || letter is '\u2028' or '\u2029') plain.Append(' ');
            else if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '!' or '|' or '~' or '&' or '$') plain.Append('\\').Append(letter);
            else plain.Append(letter);
        }

        return plain.ToString();
    }
}
