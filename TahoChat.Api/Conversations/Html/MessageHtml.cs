using System.Globalization;
using System.Text;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Conversations.Html;

/// <summary>A message of <see cref="ConversationHtml"/>.</summary>
internal static class MessageHtml
{
    public static void Open(StringBuilder html, Message message, bool withToolTexts)
    {
        var role = message.Role switch { MessageRole.User => "user", MessageRole.Assistant => "assistant", _ => "system" };
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"{role}\">\n<header><h2>{Speaker(message.Role)}</h2>");
        if (message is { Role: MessageRole.Assistant, Model: { } model }) html.Append(CultureInfo.InvariantCulture, $" <span class=\"model\">{Markup.Text(model)}</span>");
        html.Append(CultureInfo.InvariantCulture, $" <time datetime=\"{message.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}\">{ConversationHtml.When(message.CreatedAt)}</time></header>\n");
        if (message.Reasoning.Length > 0)
            html.Append("<details class=\"aside\"><summary>Reasoning</summary>\n").Append(Body(message.Reasoning, isMarkdown: true)).Append("</details>\n");
        foreach (var call in message.ToolCalls ?? []) Add(html, call, withToolTexts);
        if (message.Content.Length > 0) html.Append(Body(message.Content, isMarkdown: message.Role == MessageRole.Assistant));
        if (Ending(message.Status) is { } ending) html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{ending}</p>\n");
    }

    public static void Close(StringBuilder html) => html.Append("</article>\n");

    /// <summary>A person's words are shown as they were typed.</summary>
    private static string Body(string text, bool isMarkdown) => isMarkdown
        ? $"<div class=\"text\" dir=\"auto\">\n{MarkdownHtml.Write(text)}</div>\n"
        : $"<div class=\"text typed\" dir=\"auto\">{Markup.Text(text)}</div>\n";

    private static void Add(StringBuilder html, ToolCall call, bool withTexts)
    {
        var name = $"Used the tool <bdi>{Markup.Text(call.Name)}</bdi>{State(call.State)}";
        if (!withTexts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"tool\">{name}</p>\n");
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<details class=\"aside tool\"><summary>{name}</summary>\n{Markup.Code(call.Arguments)}");
        if (call.Result is { } result) html.Append(Markup.Code(result));
        html.Append("</details>\n");
    }

    private static string Speaker(MessageRole role) => role switch
    {
        MessageRole.User => "User",
        MessageRole.Assistant => "Assistant",
        _ => "System",
    };

    private static string State(ToolCallState state) => state switch
    {
        ToolCallState.Done => "",
        ToolCallState.Refused => ", which was refused",
        ToolCallState.Failed => ", which failed",
        _ => ", which did not end",
    };

    private static string? Ending(MessageStatus status) => status switch
    {
        MessageStatus.Stopped => "This reply was stopped before its end.",
        MessageStatus.Interrupted => "This reply was broken off.",
        MessageStatus.Failed => "There is no reply: it failed.",
        MessageStatus.Streaming or MessageStatus.Queued => "This reply was not finished yet.",
        _ => null,
    };
}
