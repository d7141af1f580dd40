using System.Text.Json.Nodes;

namespace TahoChat.Tests.Tools;

/// <summary>What the tests of tool calls ask again and again.</summary>
internal static class ToolCalls
{
    /// <summary>A message of a client that knows more than the classic protocol.</summary>
    public static object Modern(string message, long? conversation = null) => conversation is { } id
        ? new { message, client_message_id = Guid.NewGuid().ToString(), conversation_id = id }
        : new { message, client_message_id = Guid.NewGuid().ToString() };

    public static JsonObject? Call(this JsonObject frame) => frame["tool_call"]?.AsObject();

    /// <summary>The states that a call went through.</summary>
    public static List<string> States(this IEnumerable<JsonObject> frames, string id = "fc_1") =>
        [.. frames.Select(Call).Where(call => call.Text("id") == id).Select(call => call.Text("state")!)];

    /// <summary>Sends, and waits until a tool asks; returns the frame that says so.</summary>
    public static async Task<JsonObject> AskAsync(this TestSocket socket, CancellationToken cancellationToken, long? conversation = null)
    {
        await socket.SendAsync(Modern("Please add", conversation), cancellationToken);
        return await socket.ReceiveFirstAsync(frame => frame.Call().Text("state") == "asking", cancellationToken);
    }

    /// <summary>Waits until every MCP server of the configuration can be called.</summary>
    public static Task McpReadyAsync(this TestApi api, CancellationToken cancellationToken) => ApiCalls.UntilAsync(
        async () => (await api.CallAsync("GET", "/tools", cancellationToken)).Json["servers"]!.AsArray(),
        servers => servers.All(server => (string)server!["state"]! == "ready"), cancellationToken, TimeSpan.FromSeconds(90));

    public static object Decide(this JsonObject asking, string decision) => new
    {
        type = "tool",
        conversation_id = asking.Number("conversation_id"),
        message_id = asking.Number("message_id"),
        tool_call_id = asking.Call().Text("id"),
        decision,
    };
}
