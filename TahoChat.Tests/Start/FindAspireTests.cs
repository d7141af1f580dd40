namespace TahoChat.Tests.Start;

/// <summary>How the scripts find out whether the package feeds carry Aspire.</summary>
public sealed class FindAspireTests : IDisposable
{
    private const string Ask = "find_aspire; echo \"aspire=$aspire\"";
    private const string Absent = """
        TahoChat.AppHost.csproj(2,3): error : Could not resolve SDK "Aspire.AppHost.Sdk". Exactly one of the probing messages below indicates why.
        TahoChat.AppHost.csproj(2,3): error :   Unable to find package Aspire.AppHost.Sdk. No packages exist with this id in source(s): feed
        TahoChat.AppHost.csproj(2,11): error MSB4236: The SDK 'Aspire.AppHost.Sdk/13.6.0' specified could not be found.

        """;

    private readonly Shell _shell = new();

    public FindAspireTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts need bash.");

    [Fact]
    public async Task A_feed_without_Aspire_is_said_in_one_line_and_remembered()
    {
        _shell.Pretend("dotnet", Absent, exitCode: 1);

        var (exitCode, output, error) = await _shell.RunAsync(Ask, TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("  Asking the package feeds for Aspire ... ", lines[0], StringComparison.Ordinal);
        Assert.Contains("do not carry Aspire", lines[1], StringComparison.Ordinal);
        Assert.Equal("aspire=false", lines[2]);
        Assert.Contains(
            "<AspireEnabled Condition=\"'$(AspireEnabled)' == ''\">false</AspireEnabled>",
            await File.ReadAllTextAsync(_shell.AspireProps, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_package_id_says_the_same()
    {
        _shell.Pretend("dotnet", "error NU1101: Unable to find package Aspire.AppHost.Sdk. No packages exist with this id.\n", exitCode: 1);

        var (_, output, _) = await _shell.RunAsync(Ask, TestContext.Current.CancellationToken);

        Assert.EndsWith("aspire=false\n", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_shell.AspireProps));
    }

    [Theory]
    [InlineData("warning : Unable to load the service index for source https://feed.example/v3/index.json.")]
    [InlineData("warning : Failed to retrieve information about 'Aspire.AppHost.Sdk' from remote source 'https://feed.example/flat/'.")]
    [InlineData("error NU1301: The feed 'second' cannot be reached.")]
    public async Task A_feed_that_cannot_be_asked_proves_nothing(string complaint)
    {
        _shell.Pretend("dotnet", Absent + complaint + "\n", exitCode: 1);

        await EndsWithTheErrorShown(complaint);
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package Aspire.Hosting.JavaScript. No packages exist with this id in source(s): feed")]
    [InlineData("error MSB4236: The SDK 'Some.Other.Sdk/1.0.0' specified could not be found.")]
    [InlineData("error NU1605: Detected package downgrade: Polly.Core from 8.7.0 to 8.6.0.")]
    public async Task Any_other_failure_ends_the_script(string complaint)
    {
        _shell.Pretend("dotnet", complaint + "\n", exitCode: 1);

        await EndsWithTheErrorShown(complaint);
    }

    [Fact]
    public async Task A_restore_that_succeeds_means_Aspire_and_leaves_nothing_behind()
    {
        _shell.Pretend("dotnet", "Restored.\n", exitCode: 0);

        var (exitCode, output, _) = await _shell.RunAsync(Ask, TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.EndsWith("aspire=true\n", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.AspireProps));
    }

    [Fact]
    public async Task A_remembered_answer_is_not_asked_for_again_unless_wanted()
    {
        _shell.Pretend("dotnet", Absent, exitCode: 1);
        await _shell.RunAsync(Ask, TestContext.Current.CancellationToken);
        _shell.Pretend("dotnet", "Restored.\n", exitCode: 0);

        var (_, remembered, _) = await _shell.RunAsync(Ask, TestContext.Current.CancellationToken);
        var (_, asked, _) = await _shell.RunAsync("find_aspire --again; echo \"aspire=$aspire\"", TestContext.Current.CancellationToken);

        Assert.Equal("aspire=false\n", remembered);
        Assert.EndsWith("aspire=true\n", asked, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.AspireProps));
    }

    [Fact]
    public async Task The_environment_decides_before_anything_else()
    {
        _shell.Pretend("dotnet", "Restored.\n", exitCode: 0);

        var (_, output, _) = await _shell.RunAsync(Ask, TestContext.Current.CancellationToken, ("AspireEnabled", "false"));

        Assert.Equal("aspire=false\n", output);
    }

    public void Dispose() => _shell.Dispose();

    private async Task EndsWithTheErrorShown(string complaint)
    {
        var (exitCode, output, error) = await _shell.RunAsync(Ask, TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("aspire=", output, StringComparison.Ordinal);
        Assert.Contains(complaint, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.AspireProps));
    }
}
