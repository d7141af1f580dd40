using TahoChat.Api.Conversations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Import;

/// <summary>Makes messages of nodes: a person's node is one, all nodes that follow up to the next of a person's are one reply.</summary>
internal sealed class ChatGptTree(IReadOnlyDictionary<string, ChatGptNode> nodes, DateTime created, Func<string, ForeignFile?> findFile, string where)
{
    private readonly Dictionary<string, string> _messageOf = new(StringComparer.Ordinal);
    private readonly List<ForeignMessage> _messages = [];
    private string? _system;

    /// <summary>The messages, siblings in their order, and what the model was told before them.</summary>
    /// <exception cref="ImportRefusedException">Nothing leads to some of the nodes.</exception>
    public (IReadOnlyList<ForeignMessage> Messages, string? System) Messages()
    {
        // What a node lists, and then what names it as its parent without being listed.
        var children = nodes.Values.ToDictionary(node => node.Id, node => node.Children.Where(nodes.ContainsKey).ToList(), StringComparer.Ordinal);
        var listed = children.Values.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal);
        foreach (var node in nodes.Values.Where(node => !listed.Contains(node.Id)))
        {
            if (node.Parent is { } parent && nodes.ContainsKey(parent)) children[parent].Add(node.Id);
        }

        var next = new Stack<Branch>(nodes.Values.Where(node => node.Parent is null || !nodes.ContainsKey(node.Parent)).Reverse()
            .Select(node => new Branch(node, null, null, created)));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (next.TryPop(out var at))
        {
            // A node with two parents is taken once.
            if (!seen.Add(at.Node.Id)) continue;
            var time = at.Node.Time ?? at.Time;
            var (parent, run) = Take(at, time);
            var following = children[at.Node.Id].ConvertAll(id => nodes[id]);
            // A reply ends where nothing follows, or a person does.
            if (run is not null && (following.Count == 0 || following.Exists(child => child.Role == "user" && child.IsShown)))
            {
                var reply = Reply(run, parent, time);
                foreach (var child in following.Where(child => child.Role == "user").Reverse()) next.Push(new Branch(child, reply, null, time));
                following.RemoveAll(child => child.Role == "user");
            }

            foreach (var child in Enumerable.Reverse(following)) next.Push(new Branch(child, parent, run, time));
        }

        if (seen.Count < nodes.Count) throw ImportRules.Wrong(where, "the nodes of its mapping follow each other in a circle");
        return (_messages, _system);
    }

    /// <summary>The message that a node became part of.</summary>
    public string? MessageOf(string? node)
    {
        while (node is not null && !_messageOf.ContainsKey(node)) node = nodes.GetValueOrDefault(node)?.Parent;
        return node is null ? null : _messageOf[node];
    }

    private (string? Parent, Run? Run) Take(Branch at, DateTime time)
    {
        if (!at.Node.IsShown) return (at.Parent, at.Run);
        switch (at.Node.Role)
        {
            case "user":
                var files = new List<ForeignFile>();
                var text = at.Node.Text(findFile, files);
                // What it follows, where the reply before it did not end here.
                var before = at.Run is not null ? Reply(at.Run, at.Parent, at.Time) : at.Parent;
                if (text.Length == 0 && files.Count == 0) return (before, null);
                _messages.Add(new ForeignMessage(at.Node.Id, before, MessageRole.User, text, time) { Files = files });
                _messageOf[at.Node.Id] = at.Node.Id;
                return (at.Node.Id, null);
            case "assistant" or "tool":
                return (at.Parent, new Run(at.Node, at.Run));
            default:
                if (at.Node.Role == "system" && at.Node.Text(findFile, []) is { Length: > 0 } told) _system ??= told;
                return (at.Parent, at.Run);
        }
    }

    /// <summary>One reply of nodes in a row; returns its id.</summary>
    private string Reply(Run last, string? parent, DateTime end)
    {
        var id = last.Node.Id;
        if (_messageOf.TryGetValue(id, out var known)) return known;
        var run = new List<ChatGptNode>();
        for (var at = last; at is not null; at = at.Before) run.Add(at.Node);
        run.Reverse();
        var (content, thoughts, calls) = (new List<string>(), new List<string>(), new List<ToolCall>());
        var length = 0;
        foreach (var node in run)
        {
            if (node.Thoughts() is { Length: > 0 } thought) thoughts.Add(thought);
            if (node.Role == "tool" || (node.Recipient is { } recipient && recipient != "all")) AddCall(calls, node, length);
            else if (node.Text(NoPicture, []) is { Length: > 0 } said)
            {
                length += said.Length + (content.Count > 0 ? 2 : 0);
                content.Add(said);
            }
        }

        _messages.Add(new ForeignMessage(id, parent, MessageRole.Assistant, string.Join("\n\n", content), run[0].Time ?? end)
        {
            Reasoning = string.Join("\n\n", thoughts),
            Model = run.Select(node => node.Model).LastOrDefault(model => model is not null),
            CompletedAt = end,
            ToolCalls = calls,
        });
        foreach (var node in run) _messageOf[node.Id] = id;
        return id;
    }

    /// <summary>A call, or the result of the one before it.</summary>
    private static void AddCall(List<ToolCall> calls, ChatGptNode node, int offset)
    {
        var text = node.Content?.Text("text") ?? node.Text(NoPicture, []);
        if (node.Role == "tool")
        {
            if (calls is [.., { Result: null } call]) calls[^1] = call with { Result = text };
            else if (text.Length > 0) calls.Add(Call(node, node.Message?.Object("author")?.Text("name"), "", offset) with { Result = text });
        }
        else
        {
            calls.Add(Call(node, node.Recipient, text, offset));
        }
    }

    private static ToolCall Call(ChatGptNode node, string? name, string arguments, int offset) =>
        new() { Id = node.Id, Name = name ?? "tool", Arguments = arguments, State = ToolCallState.Done, Offset = offset };

    private static ForeignFile? NoPicture(string name) => null;

    /// <summary>A node that is next, what it follows, and the nodes of the reply that it may be part of.</summary>
    private sealed record Branch(ChatGptNode Node, string? Parent, Run? Run, DateTime Time);

    /// <summary>Nodes in a row, from the last one back.</summary>
    private sealed record Run(ChatGptNode Node, Run? Before);
}
