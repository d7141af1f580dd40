using System.Text.Json;

namespace TahoChat.Api.Import;

/// <summary>A conversation of ChatGPT's <c>conversations.json</c>: <c>mapping</c> is a tree of nodes, of which several in a row (what it
/// thought, what it called, what came of that, what it said) make one reply.</summary>
internal static class ChatGptConversation
{
    public const string Source = "chatgpt";

    public static bool Fits(JsonElement item) => item.Object("mapping") is not null;

    /// <param name="findFile">A file of the export by the beginning of its name; null where it is not there.</param>
    public static ForeignConversation Read(JsonElement item, Func<string, ForeignFile?> findFile, string where)
    {
        var mapping = item.Object("mapping") ?? throw ImportRules.Wrong(where, "it has no mapping");
        var id = item.Text("conversation_id") ?? item.Text("id") ?? throw ImportRules.Wrong(where, "it has no conversation_id");
        var created = item.Time("create_time");
        var nodes = Nodes(mapping, where);
        var times = nodes.Values.Where(node => node.Time is not null).Select(node => node.Time!.Value).DefaultIfEmpty(DateTime.UnixEpoch).ToList();
        var tree = new ChatGptTree(nodes, created ?? times.Min(), findFile, where);
        var (messages, system) = tree.Messages();
        return new ForeignConversation(Source, id, item.Text("title"), created ?? times.Min(), item.Time("update_time") ?? times.Max(), messages)
        {
            Head = tree.MessageOf(item.Text("current_node")),
            SystemPrompt = system,
            IsArchived = item.Is("is_archived"),
            IsPinned = item.Is("is_starred"),
        };
    }

    private static Dictionary<string, ChatGptNode> Nodes(JsonElement mapping, string where)
    {
        var nodes = new Dictionary<string, ChatGptNode>(StringComparer.Ordinal);
        foreach (var property in mapping.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object) throw ImportRules.Wrong(where, $"the node {property.Name} of its mapping is no object");
            nodes[property.Name] = ChatGptNode.Read(property.Name, property.Value);
        }

        return nodes;
    }
}

/// <summary>A node of the tree.</summary>
internal sealed record ChatGptNode(string Id, string? Parent, IReadOnlyList<string> Children, JsonElement? Message)
{
    public string? Role { get; } = Message?.Object("author")?.Text("role");

    public DateTime? Time { get; } = Message?.Time("create_time");

    public string? Recipient { get; } = Message?.Text("recipient");

    /// <summary>Hidden nodes carry the program's own settings.</summary>
    public bool IsShown { get; } = Message is { } message && message.Object("metadata")?.Is("is_visually_hidden_from_conversation") is not true;

    public JsonElement? Content => Message?.Object("content");

    public string? Kind => Content?.Text("content_type");

    public string? Model => Message?.Object("metadata")?.Text("model_slug");

    public static ChatGptNode Read(string id, JsonElement node) =>
        new(id, node.Text("parent"), [.. node.List("children").Select(ForeignJson.Text).OfType<string>()], node.Object("message"));

    /// <summary>What it says; pictures of the person come as files.</summary>
    public string Text(Func<string, ForeignFile?> findFile, List<ForeignFile> files) => Kind switch
    {
        "text" or "multimodal_text" => string.Join("\n\n", Content!.Value.List("parts").Select(part => Part(part, findFile, files)).Where(text => text.Length > 0)),
        "code" when Content!.Value.Text("text") is { } code => $"```{Language(Content.Value.Text("language"))}\n{code}\n```",
        "execution_output" or "tether_quote" or "system_error" => Content!.Value.Text("text") ?? "",
        "tether_browsing_display" => Content!.Value.Text("result") ?? "",
        _ => "",
    };

    /// <summary>What it thought.</summary>
    public string Thoughts() => Kind switch
    {
        "thoughts" => string.Join("\n\n", Content!.Value.List("thoughts").Select(thought =>
            string.Join("\n", new[] { thought.Text("summary") is { Length: > 0 } summary ? $"**{summary}**" : null, thought.Text("content") }.OfType<string>()))),
        _ => "",
    };

    private static string Language(string? name) => name is null or "unknown" ? "" : name;

    private static string Part(JsonElement part, Func<string, ForeignFile?> findFile, List<ForeignFile> files)
    {
        if (ForeignJson.Text(part) is { } text) return text;
        if (part.Text("asset_pointer") is { } pointer)
        {
            // file-service://file-… or sediment://file_…
            var name = pointer[(pointer.LastIndexOf('/') + 1)..];
            if (findFile(name) is not { } file) return $"[{name}]";
            files.Add(file);
            return "";
        }

        return part.Text("text") ?? "";
    }
}
