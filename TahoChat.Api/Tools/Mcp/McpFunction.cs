using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;

namespace TahoChat.Api.Tools.Mcp;

/// <summary>A tool of an MCP server as a function: by its name on the wire, through whatever connection there is when it is
/// called.</summary>
internal sealed class McpFunction(McpServer server, string name, McpClientTool tool) : AIFunction
{
    public override string Name => name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema => tool.JsonSchema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await server.CallAsync(tool.ProtocolTool.Name, new Dictionary<string, object?>(arguments), cancellationToken);
}
