using System.Diagnostics;
using System.Runtime.CompilerServices;
using TahoChat.Tests.Processes;

namespace TahoChat.Tests.Start;

/// <summary>What <c>demo.sh</c> shows, with the API as the tests built it.</summary>
public sealed class DemoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demonstration_keeps_what_came_and_goes_on_with_it()
    {
        var script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".ci", "demo.mjs"));
        var start = new ProcessStartInfo("node", ["--experimental-websocket", "--no-warnings", script, Path.Combine(AppContext.BaseDirectory, "TahoChat.Api.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var demo = Process.Start(start)!;
        var errors = demo.StandardError.ReadToEndAsync(Cancel);
        var output = await demo.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(2 * ApiProcess.Deadline, Cancel);
        await demo.WaitForExitAsync(Cancel);

        Assert.Equal("", await errors);
        Assert.Equal(0, demo.ExitCode);
        Assert.Contains("\"interrupted\"", output, StringComparison.Ordinal);
        Assert.Contains("\"complete\"", output, StringComparison.Ordinal);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
