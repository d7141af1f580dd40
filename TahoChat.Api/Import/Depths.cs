using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>How deep messages are in their tree.</summary>
internal static class Depths
{
    /// <summary>By uid: 1 at the root. Those in a circle have none.</summary>
    public static Dictionary<Guid, int> Of(IReadOnlyList<PortableMessage> messages)
    {
        var children = messages.ToLookup(message => message.Parent, message => message.Uid);
        var depths = new Dictionary<Guid, int>(messages.Count);
        var next = new Stack<(Guid Uid, int Depth)>(children[null].Select(uid => (uid, 1)));
        while (next.TryPop(out var at))
        {
            depths[at.Uid] = at.Depth;
            foreach (var child in children[at.Uid]) next.Push((child, at.Depth + 1));
        }

        return depths;
    }
}
