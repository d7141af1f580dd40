using System.Text.Json;
using TahoChat.Api.Conversations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Import;

/// <summary>LibreChat's export of a conversation: <c>messages</c> as a list by <c>parentMessageId</c>, or (<c>recursive</c>) as a tree by <c>children</c>.</summary>
internal static class LibreChatConversation
{
    public const string Source = "librechat";

    private const string NoParent = "00000000-0000-0000-0000-000000000000";

    public static bool Fits(JsonElement item) =>
        item.Text("conversationId") is not null && (item.Get("messages") ?? item.Get("messagesTree")) is { ValueKind: JsonValueKind.Array };

    public static ForeignConversation Read(JsonElement item, string where)
    {
        var id = item.Text("conversationId") ?? throw ImportRules.Wrong(where, "it has no conversationId");
        var messages = Messages(item, where);
        var times = messages.Select(message => message.CreatedAt).DefaultIfEmpty(DateTime.UnixEpoch).ToList();
        return new ForeignConversation(Source, id, item.Text("title"), times.Min(), times.Max(), messages)
        {
            // It does not say what was shown.
            Head = messages.MaxBy(message => message.CreatedAt)?.Id,
            SystemPrompt = item.Object("options")?.Text("promptPrefix"),
        };
    }

    private static List<ForeignMessage> Messages(JsonElement item, string where)
    {
        var read = new List<ForeignMessage>();
        var next = new Stack<(JsonElement Message, string? Parent)>();
        var first = item.List("messagesTree").Concat(item.List("messages")).ToList();
        foreach (var message in Enumerable.Reverse(first)) next.Push((message, message.Text("parentMessageId")));
        while (next.TryPop(out var at))
        {
            var message = Message(at.Message, at.Parent, where);
            read.Add(message);
            foreach (var child in at.Message.List("children").Reverse()) next.Push((child, message.Id));
        }

        return read;
    }

    private static ForeignMessage Message(JsonElement message, string? parent, string where)
    {
        var id = message.Text("messageId") ?? throw ImportRules.Wrong(where, "one of its messages has no messageId");
        var created = message.Time("createdAt") ?? DateTime.UnixEpoch;
        var read = new ForeignMessage(id, parent == NoParent ? null : parent, message.Is("isCreatedByUser") ? MessageRole.User : MessageRole.Assistant, message.Text("text") ?? "", created)
        {
            Model = message.Text("model"),
            CompletedAt = message.Time("updatedAt"),
            Files = [.. message.List("files").Concat(message.List("attachments")).Select(file => file.Text("filename")).OfType<string>().Select(ForeignFile.Missing)],
        };
        if (message.Get("content") is { ValueKind: JsonValueKind.Array }) read = Parts(read, message);
        if (message.Is("error")) return read with { Content = "", Status = MessageStatus.Failed, Error = read.Content };
        return message.Is("unfinished") ? read with { Status = MessageStatus.Interrupted } : read;
    }

    /// <summary>A reply in parts.</summary>
    private static ForeignMessage Parts(ForeignMessage message, JsonElement element)
    {
        var (said, thought, calls) = (new List<string>(), new List<string>(), new List<ToolCall>());
        foreach (var part in element.List("content"))
        {
            switch (part.Text("type"))
            {
                case "text":
                    said.Add(part.Text("text") ?? part.Object("text")?.Text("value") ?? "");
                    break;
                case "think":
                    thought.Add(part.Text("think") ?? part.Object("think")?.Text("value") ?? "");
                    break;
                case "error":
                    said.Add(part.Text("error") ?? "");
                    break;
                case "tool_call" when part.Object("tool_call") is { } call:
                    calls.Add(new ToolCall
                    {
                        Id = call.Text("id") ?? $"call-{calls.Count}",
                        Name = call.Text("name") ?? "tool",
                        Arguments = call.Text("args") ?? call.Get("args")?.GetRawText() ?? "",
                        State = ToolCallState.Done,
                        Result = call.Text("output"),
                        Offset = string.Join("\n\n", said).Length,
                    });
                    break;
            }
        }

        return message with
        {
            Content = said.Count > 0 ? string.Join("\n\n", said) : message.Content,
            Reasoning = string.Join("\n\n", thought),
            ToolCalls = calls,
        };
    }
}
