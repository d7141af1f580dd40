using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Processes;

/// <summary>What the first document of this project, <c>seed.md</c> beside this file, tells people to do.</summary>
public sealed class SeedTests
{
    private const int SeedPort = 8000;

    // Without it the example waits for more frames, as a page would.
    private const string EndTheProgram = """

        ws.addEventListener("message", (event) => {
          if (JSON.parse(event.data).status !== "streaming") ws.close();
        });
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_env_file_word_for_word_chats_on_this_machine_alone()
    {
        using var folder = new ProcessFolder();
        folder.WriteEnvFile(Block("bash", "# Database settings"));
        await using var api = await ApiProcess.StartAsync(folder, Cancel, PortSetting());

        Assert.True(api.Address.IsLoopback);
        Assert.Contains(api.Output, line => line.StartsWith("HOST=0.0.0.0 in .env: listening on this machine only", StringComparison.Ordinal));
        Assert.Contains($"  Database  {folder.Database}", api.Output);
        Assert.Contains(api.Output, line => line.StartsWith("  Model ", StringComparison.Ordinal) && line.Contains("offline emulator", StringComparison.Ordinal));

        using var http = api.Http();
        using var response = await http.PostAsJsonAsync("/chat", new { message = "What is 6*7?" }, Cancel);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(Cancel);
        Assert.Contains("42", answer!["ai_response"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_example_runs_in_Node_for_a_new_and_for_an_existing_conversation()
    {
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(folder, Cancel, PortSetting());
        var example = Block("javascript", "const ws").Replace(
            $"localhost:{SeedPort}", $"localhost:{api.Address.Port}", StringComparison.Ordinal);
        var lineToOmit = example.Split('\n').Single(line => line.Contains("omit to create a new conversation", StringComparison.Ordinal));

        foreach (var program in new[] { example.Replace(lineToOmit, "", StringComparison.Ordinal), example })
        {
            var (output, error) = await RunInNodeAsync(folder, program + EndTheProgram);
            Assert.StartsWith("Received chunk:", output, StringComparison.Ordinal);
            Assert.EndsWith("Stream complete\n", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Error:", error, StringComparison.Ordinal);
        }

        using var http = api.Http();
        var conversation = await http.GetFromJsonAsync<JsonObject>("/conversations/1", Cancel);
        var messages = conversation!["messages"]!.AsArray();
        Assert.Equal(["user", "assistant", "user", "assistant"], messages.Select(message => (string)message!["role"]!));
        Assert.All(messages, message => Assert.Equal("complete", (string)message!["status"]!));
        Assert.Equal("Hello, how can you help me?", (string)messages[2]!["content"]!);
    }

    private static async Task<(string Output, string Error)> RunInNodeAsync(ProcessFolder folder, string program)
    {
        var path = Path.Combine(folder, "example.js");
        await File.WriteAllTextAsync(path, program, Cancel);
        using var node = Process.Start(new ProcessStartInfo("node", ["--experimental-websocket", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = node.StandardError.ReadToEndAsync(Cancel);
        var output = await node.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(ApiProcess.Deadline, Cancel);
        await node.WaitForExitAsync(Cancel);
        return (output, await error);
    }

    /// <summary>The fenced block of that language that begins so.</summary>
    private static string Block(string language, string beginning, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "seed.md"))
            .Split($"```{language}\n")
            .Select(part => part.Split("```")[0])
            .First(block => block.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The port that the document names, or any where that one is taken.</summary>
    private static (string, string) PortSetting()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.IPv6Any, SeedPort) { Server = { DualMode = true } };
            probe.Start();
            return ("PORT", SeedPort.ToString(CultureInfo.InvariantCulture));
        }
        catch (SocketException)
        {
            return ("PORT", "0");
        }
    }
}
