using TahoChat.Api.Tools.BuiltIn;
using TahoChat.Api.Tools.Mcp;

namespace TahoChat.Api.Tools;

/// <summary>Every tool that there is at this moment.</summary>
public sealed class ToolRegistry(BuiltInTools builtIn, McpServers servers)
{
    private readonly IReadOnlyList<Tool> _builtIn = builtIn.Create();

    public IReadOnlyList<McpServer> Servers => servers.All;

    /// <summary>Ours first, then each server's.</summary>
    public IEnumerable<Tool> All => _builtIn.Concat(servers.All.SelectMany(server => server.Tools));

    /// <summary>Those that can be called: not the ones of a server that is down.</summary>
    public IEnumerable<Tool> Callable =>
        _builtIn.Concat(servers.All.Where(server => server.State == McpState.Ready).SelectMany(server => server.Tools));

    public Tool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);
}
