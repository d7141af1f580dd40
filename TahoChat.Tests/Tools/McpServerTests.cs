using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Tools;
using TahoChat.Api.Tools.Mcp;

namespace TahoChat.Tests.Tools;

/// <summary>MCP servers from the configuration: connected, called, gone and back again.</summary>
public sealed class McpServerTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_started_here_offers_its_tools_and_answers()
    {
        await using var api = await TestApi.StartAsync(Cancel, EverythingServer.Settings("echo"));
        var registry = await ReadyAsync(api);

        var echo = registry.Find("everything__echo")!;
        var text = await echo.Function.InvokeAsync(new AIFunctionArguments { ["message"] = "tides" }, Cancel);

        Assert.Equal("Echo: tides", text?.ToString());
        Assert.True(echo.Safe);
        Assert.False(registry.Find("everything__get-sum")!.Safe);
        Assert.Equal("everything", echo.Server);
        Assert.All(registry.All, tool => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", tool.Name));
    }

    [Fact]
    public async Task The_environment_of_the_API_is_not_handed_on()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?>(EverythingServer.Settings())
        {
            ["Tools:Mcp:everything:Environment:TAHO_OF_MINE"] = "given",
        });
        Environment.SetEnvironmentVariable("TAHO_SECRET_CANARY", "taken");
        var registry = await ReadyAsync(api);

        var environment = (await registry.Find("everything__get-env")!.Function.InvokeAsync([], Cancel))!.ToString()!;

        Assert.Contains("TAHO_OF_MINE", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("TAHO_SECRET_CANARY", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_over_HTTP_is_called_and_found_again_after_it_went_away()
    {
        var port = FreePort();
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?>
        {
            ["Tools:Mcp:web:Url"] = $"http://127.0.0.1:{port}/mcp",
        });
        var registry = api.Services.GetRequiredService<ToolRegistry>();
        var server = Assert.Single(registry.Servers);
        await ApiCalls.UntilAsync(() => Task.FromResult(server.State), state => state == McpState.Down, Cancel, _deadline);
        Assert.Equal("It cannot be reached.", server.Error);

        for (var round = 0; round < 2; round++)
        {
            using var process = await EverythingServer.ListenAsync(port, Cancel);
            try
            {
                await ReadyAsync(api);
                var sum = registry.Find("web__get-sum")!.Function;
                Assert.Contains("5", (await sum.InvokeAsync(new AIFunctionArguments { ["a"] = 2, ["b"] = 3 }, Cancel))!.ToString(), StringComparison.Ordinal);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(Cancel);
            }

            await Assert.ThrowsAsync<ToolException>(async () => await registry.Find("web__get-sum")!.Function.InvokeAsync(
                new AIFunctionArguments { ["a"] = 2, ["b"] = 3 }, Cancel));
            await ApiCalls.UntilAsync(() => Task.FromResult(server.State), state => state == McpState.Down, Cancel, _deadline);
        }
    }

    [Fact]
    public async Task A_program_that_is_not_there_stops_nothing()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?>
        {
            ["Tools:Mcp:none:Command"] = "/nowhere/to-be-found",
        });
        var server = Assert.Single(api.Services.GetRequiredService<ToolRegistry>().Servers);

        await ApiCalls.UntilAsync(() => Task.FromResult(server.State), state => state == McpState.Down, Cancel, _deadline);

        Assert.Equal("Its program could not be started.", server.Error);
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", "/health", Cancel)).Status);
    }

    private static async Task<ToolRegistry> ReadyAsync(TestApi api)
    {
        var registry = api.Services.GetRequiredService<ToolRegistry>();
        await ApiCalls.UntilAsync(
            () => Task.FromResult(registry.Servers.All(server => server.State == McpState.Ready)), ready => ready, Cancel, _deadline);
        return registry;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
