using TahoChat.Api.Tools.BuiltIn;
using TahoChat.Api.Tools.Mcp;

namespace TahoChat.Api.Tools;

/// <summary>Registers the tools.</summary>
public static class ToolServices
{
    public static void AddTools(this WebApplicationBuilder builder, McpSettings mcp)
    {
        builder.Services.AddSingleton(mcp);
        builder.Services.AddSingleton<BuiltInTools>();
        builder.Services.AddSingleton<ToolRegistry>();
        builder.Services.AddSingleton<McpServers>();
        builder.Services.AddSingleton(builder.Configuration.GetSection("Tools:Limits").Get<ToolLimits>() ?? new ToolLimits());
        builder.Services.AddSingleton<ToolSwitches>();
        builder.Services.AddSingleton<ToolApprovals>();
        builder.Services.AddSingleton<ToolRunner>();
        builder.Services.AddSingleton<ToolLoop>();
        builder.Services.AddHostedService(services => services.GetRequiredService<McpServers>());
    }
}
