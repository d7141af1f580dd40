using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Tools.Mcp;

namespace TahoChat.Api.Tools;

/// <summary>A tool as a person sees it. <paramref name="State"/> is its server's; a built-in tool is <c>ready</c>.</summary>
public sealed record ToolResponse(
    string Name,
    string Title,
    string Description,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Server,
    bool Safe,
    bool Enabled,
    bool AlwaysAllowed,
    McpState State);

/// <summary>An MCP server, and in words why it is down.</summary>
public sealed record ToolServerResponse(
    string Name,
    McpState State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);

/// <summary>All tools, and the servers, those that offer none among them.</summary>
public sealed record ToolsResponse(IReadOnlyList<ToolResponse> Tools, IReadOnlyList<ToolServerResponse> Servers);

/// <summary>What to change; what is left out stays.</summary>
public sealed record ToolChange(bool? Enabled = null, bool? AlwaysAllowed = null);

/// <summary>The tools: what there is, and each one's switches.</summary>
public static class ToolApi
{
    public static void MapTools(this WebApplication app)
    {
        app.MapGet("/tools", ListAsync).WithTags("Tools").WithSummary("The tools that models can call");
        app.MapPut("/tools/{name}", ChangeAsync).WithTags("Tools").WithSummary("Switch a tool on or off, or let it run without asking");
    }

    private static async Task<Ok<ToolsResponse>> ListAsync(
        ToolRegistry registry, ToolSwitches switches, HttpContext http, CancellationToken cancellationToken)
    {
        var settings = await switches.ReadAsync(ChatIdentity.Of(http).OwnerId, cancellationToken);
        return TypedResults.Ok(new ToolsResponse(
            [.. registry.All.Select(tool => Describe(tool, registry, settings))],
            [.. registry.Servers.Select(server => new ToolServerResponse(server.Name, server.State, server.Error))]));
    }

    private static async Task<Results<Ok<ToolResponse>, ProblemHttpResult>> ChangeAsync(
        string name, ToolChange change, ToolRegistry registry, ToolSwitches switches, HttpContext http, CancellationToken cancellationToken)
    {
        if (registry.Find(name) is not { } tool) return Problems.Problem(StatusCodes.Status404NotFound, "There is no such tool.", "not_found");
        var owner = ChatIdentity.Of(http).OwnerId;
        try
        {
            await switches.WriteAsync(owner, tool.Name, change.Enabled, change.AlwaysAllowed, cancellationToken);
        }
        catch (DatabaseException exception)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, exception.Message, exception.Code);
        }

        return TypedResults.Ok(Describe(tool, registry, await switches.ReadAsync(owner, cancellationToken)));
    }

    private static ToolResponse Describe(Tool tool, ToolRegistry registry, IReadOnlyDictionary<string, ToolSetting> settings) => new(
        tool.Name, tool.Title, tool.Description, tool.Server, tool.Safe,
        settings.IsEnabled(tool.Name), settings.IsAlwaysAllowed(tool.Name),
        registry.Servers.FirstOrDefault(server => server.Name == tool.Server)?.State ?? McpState.Ready);
}
