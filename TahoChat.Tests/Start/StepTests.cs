using System.Diagnostics;

namespace TahoChat.Tests.Start;

/// <summary>What the scripts say about a machine that lacks something, and how their steps end.</summary>
public sealed class StepTests : IDisposable
{
    private readonly Shell _shell = new();

    public StepTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts need bash.");

    [Theory]
    [InlineData("9.0.305", 0, 0, "The .NET SDK is too old (9.0.305, 10.0 is needed)")]
    [InlineData("", 1, 0, "The .NET 10 SDK is missing")]
    [InlineData("10.0.100", 0, 1, "Node.js is too old")]
    public async Task A_machine_that_lacks_something_is_told_in_one_line(string sdk, int sdkExit, int nodeExit, string line)
    {
        _shell.Pretend("dotnet", sdk, sdkExit);
        _shell.Pretend("node", "v18.0.0", nodeExit);

        var (exitCode, output, error) = await _shell.RunAsync("require_tools; echo all there", TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.StartsWith(line, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_step_that_fails_shows_what_it_printed_and_keeps_its_exit_code()
    {
        var (exitCode, output, error) = await _shell.RunAsync(
            "step Trying sh -c 'echo the reason; exit 3'", TestContext.Current.CancellationToken);

        Assert.Equal(3, exitCode);
        Assert.Matches("^  Trying ... \\d+ s\n$", output);
        Assert.Equal("the reason\nTrying failed with exit code 3.\n", error);
    }

    [Fact]
    public async Task A_step_that_succeeds_keeps_its_output_to_itself()
    {
        var (exitCode, output, error) = await _shell.RunAsync("step Trying echo chatter", TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches("^  Trying ... \\d+ s\n$", output);
    }

    [Fact]
    public async Task A_signal_ends_the_step_and_all_that_it_started()
    {
        // The grandchild holds the other end of the pipe: reading it to the end means that all of them are gone.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        using var process = _shell.Start("exec 3>&1; step Waiting sh -c 'sleep 300 & echo started >&3; wait'");
        var read = "";
        while (!read.Contains("started", StringComparison.Ordinal))
        {
            read += (char)await ReadAsync(process.StandardOutput, deadline.Token);
        }

        var clock = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-s", "TERM", $"{process.Id}"]);
        await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(143, process.ExitCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(
        """<assemblies><assembly name="a" errors="1" failed="2" not-run="9" passed="30" skipped="4" total="37"></assembly></assemblies>""",
        "30 3 4")]
    [InlineData(
        """{"numPassedTests":5,"numFailedTests":1,"numPendingTests":2,"numTodoTests":1,"testResults":[{"status":"failed","assertionResults":[]}]}""",
        "5 2 3")]
    [InlineData(
        """<testsuites><testcase name="a"/><!-- tests 12 --><!-- pass 7 --><!-- fail 2 --><!-- cancelled 1 --><!-- skipped 1 --><!-- todo 1 --></testsuites>""",
        "7 3 2")]
    public async Task The_results_of_each_runner_are_counted(string results, string expected)
    {
        var file = Path.Combine(_shell.Root, "results");
        await File.WriteAllTextAsync(file, results, TestContext.Current.CancellationToken);

        var (exitCode, output, _) = await _shell.RunAsync(
            "node \"$root/.ci/count-tests.js\" \"$root/results\"", TestContext.Current.CancellationToken);

        Assert.Equal((0, $"{expected}\n"), (exitCode, output));
    }

    public void Dispose() => _shell.Dispose();

    private static async Task<int> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var one = new char[1];
        return await reader.ReadAsync(one, cancellationToken) == 1 ? one[0] : throw new EndOfStreamException();
    }
}
