using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace TahoChat.Tests.Tools;

/// <summary>The MCP server from npm that the tests call. <c>test.sh</c> installs it; without it the tests fail.</summary>
internal static class EverythingServer
{
    /// <summary>The program, for Node.</summary>
    public static string Program
    {
        get
        {
            var program = Path.Combine(Folder(), "node_modules", "@modelcontextprotocol", "server-everything", "dist", "index.js");
            Assert.True(File.Exists(program), $"The MCP server is missing: run npm ci in {Folder()}, as test.sh does.");
            return program;
        }
    }

    /// <summary>The settings by which the API starts it.</summary>
    public static Dictionary<string, string?> Settings(params ReadOnlySpan<string> safe)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Tools:Mcp:everything:Command"] = "node",
            ["Tools:Mcp:everything:Arguments:0"] = Program,
            ["Tools:Mcp:everything:Arguments:1"] = "stdio",
        };
        for (var i = 0; i < safe.Length; i++) settings[$"Tools:Mcp:everything:Safe:{i}"] = safe[i];
        return settings;
    }

    /// <summary>Starts it as a web server on <paramref name="port"/> and returns when it answers there.</summary>
    public static async Task<Process> ListenAsync(int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [Program, "streamableHttp"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await ApiCalls.UntilAsync(() => AnswersAsync(port, cancellationToken), answers => answers, cancellationToken, TimeSpan.FromSeconds(60));
        return process;
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "mcp");
}
