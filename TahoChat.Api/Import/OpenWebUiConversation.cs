using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using TahoChat.Api.Conversations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Import;

/// <summary>A chat of Open WebUI's export: <c>chat.history.messages</c> is a tree by <c>parentId</c>, <c>currentId</c> its leaf that is shown.</summary>
internal static partial class OpenWebUiConversation
{
    public const string Source = "open_webui";

    public static bool Fits(JsonElement item) => item.Object("chat") is not null;

    public static ForeignConversation Read(JsonElement item, string where)
    {
        var chat = item.Object("chat") ?? throw ImportRules.Wrong(where, "it has no chat");
        var id = item.Text("id") ?? chat.Text("id") ?? throw ImportRules.Wrong(where, "it has no id");
        var history = chat.Object("history");
        var created = item.Time("created_at") ?? chat.Time("timestamp") ?? DateTime.UnixEpoch;
        // Before there were branches there was a list.
        var messages = history?.Object("messages") is { } tree
            ? InOrder(tree).Select(message => Message(message, message.Text("parentId"), created, where))
            : Linear(chat.List("messages"), created, where);
        return new ForeignConversation(Source, id, item.Text("title") ?? chat.Text("title"), created, item.Time("updated_at") ?? created, [.. messages])
        {
            Head = history?.Text("currentId"),
            SystemPrompt = chat.Object("params")?.Text("system") ?? chat.Text("system"),
            IsArchived = item.Is("archived"),
            IsPinned = item.Is("pinned"),
            Tags = [.. (item.Object("meta")?.List("tags") ?? []).Select(ForeignJson.Text).OfType<string>()],
        };
    }

    /// <summary>Siblings as their parent lists them, and then those that it does not.</summary>
    private static IEnumerable<JsonElement> InOrder(JsonElement tree)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = tree.EnumerateObject().Select(property => property.Value).Where(value => value.ValueKind == JsonValueKind.Object).ToList();
        foreach (var (place, child) in all.SelectMany(message => message.List("childrenIds")).Index())
        {
            if (ForeignJson.Text(child) is { } id) places.TryAdd(id, place);
        }

        return all.OrderBy(message => message.Text("id") is { } id && places.TryGetValue(id, out var place) ? place : int.MaxValue);
    }

    private static IEnumerable<ForeignMessage> Linear(IEnumerable<JsonElement> messages, DateTime created, string where)
    {
        string? parent = null;
        foreach (var item in messages)
        {
            var message = Message(item, parent, created, where);
            yield return message;
            parent = message.Id;
        }
    }

    private static ForeignMessage Message(JsonElement message, string? parent, DateTime created, string where)
    {
        var id = message.Text("id") ?? throw ImportRules.Wrong(where, "one of its messages has no id");
        var role = message.Text("role") switch
        {
            "user" => MessageRole.User,
            "assistant" => MessageRole.Assistant,
            "system" => MessageRole.System,
            _ => throw ImportRules.Wrong(where, $"the message {id} has no role that is known"),
        };
        var time = message.Time("timestamp") ?? created;
        var error = message.Object("error")?.Text("content");
        var read = new ForeignMessage(id, parent, role, message.Text("content") ?? "", time)
        {
            Model = message.Text("model"),
            Status = error is null ? MessageStatus.Complete : MessageStatus.Failed,
            Error = error,
            Files = [.. message.List("files").Select(File).OfType<ForeignFile>()],
        };
        return role != MessageRole.Assistant ? read : message.Get("output") is { ValueKind: JsonValueKind.Array } ? Output(read, message) : Details(read);
    }

    /// <summary>A reply in parts, as later versions keep it.</summary>
    private static ForeignMessage Output(ForeignMessage reply, JsonElement message)
    {
        var (said, thought, calls) = (new List<string>(), new List<string>(), new List<ToolCall>());
        foreach (var part in message.List("output"))
        {
            switch (part.Text("type"))
            {
                case "reasoning":
                    thought.Add(Texts(part, "content"));
                    break;
                case "message":
                    said.Add(Texts(part, "content"));
                    break;
                case "function_call" when part.Text("name") is { } name:
                    calls.Add(Call(part.Text("call_id") ?? $"call-{calls.Count}", name, part.Text("arguments") ?? "", null, string.Join("\n\n", said).Length));
                    break;
                case "function_call_output" when calls.FindIndex(call => call.Id == part.Text("call_id")) is var at and >= 0:
                    calls[at] = calls[at] with { Result = part.Text("output") ?? Texts(part, "output") };
                    break;
            }
        }

        // Of a reply without a message in its parts the content is all there is.
        if (said.Count == 0) return Details(reply) with { ToolCalls = calls };
        return reply with { Content = string.Join("\n\n", said), Reasoning = string.Join("\n\n", thought), ToolCalls = calls };
    }

    private static string Texts(JsonElement part, string name) => string.Join("\n", part.List(name).Select(item => item.Text("text")).OfType<string>());

    /// <summary>A reply that has its reasoning and its calls folded into the text, as earlier versions keep it.</summary>
    private static ForeignMessage Details(ForeignMessage reply)
    {
        var (thought, calls) = (new List<string>(), new List<ToolCall>());
        var content = DetailsBlock().Replace(reply.Content, block =>
        {
            var inner = Summary().Replace(block.Groups["inner"].Value, "");
            if (block.Groups["type"].Value == "reasoning")
            {
                thought.Add(string.Join('\n', WebUtility.HtmlDecode(inner).Trim().Split('\n').Select(line => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line)));
                return "";
            }

            var attributes = Attribute().Matches(block.Groups["attributes"].Value)
                .GroupBy(match => match.Groups["name"].Value).ToDictionary(group => group.Key, group => WebUtility.HtmlDecode(group.First().Groups["value"].Value));
            calls.Add(Call(
                attributes.GetValueOrDefault("id") ?? $"call-{calls.Count}", attributes.GetValueOrDefault("name") ?? "tool", attributes.GetValueOrDefault("arguments") ?? "",
                attributes.GetValueOrDefault("result") ?? WebUtility.HtmlDecode(inner).Trim(), 0));
            return "";
        });
        return reply with { Content = thought.Count + calls.Count > 0 ? content.Trim() : content, Reasoning = string.Join("\n\n", thought), ToolCalls = calls };
    }

    private static ToolCall Call(string id, string name, string arguments, string? result, int offset) =>
        new() { Id = id, Name = name, Arguments = arguments, State = ToolCallState.Done, Result = result, Offset = offset };

    /// <summary>A picture within the export; of others it has no more than the name.</summary>
    private static ForeignFile? File(JsonElement file)
    {
        var name = file.Text("name");
        if (file.Text("url") is not { } url || !url.StartsWith("data:", StringComparison.Ordinal)) return name is null ? null : ForeignFile.Missing(name);
        var comma = url.IndexOf(";base64,", StringComparison.Ordinal);
        var bytes = new byte[url.Length];
        return comma > 0 && Convert.TryFromBase64Chars(url.AsSpan(comma + 8), bytes, out var count) ? ForeignFile.Of(name, bytes[..count]) : ForeignFile.Missing(name);
    }

    [GeneratedRegex("""<details type="(?<type>reasoning|tool_calls)"(?<attributes>[^>]*)>(?<inner>.*?)</details>\n?""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex DetailsBlock();

    [GeneratedRegex("<summary>.*?</summary>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Summary();

    [GeneratedRegex("""(?<name>[a-z_]+)="(?<value>[^"]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Attribute();
}
