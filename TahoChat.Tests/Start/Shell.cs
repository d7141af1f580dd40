using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace TahoChat.Tests.Start;

/// <summary>A copy of what <c>run.sh</c> and <c>test.sh</c> share in an empty folder, with tools that only pretend.</summary>
internal sealed class Shell : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("taho chat ");
    private readonly string _tools;

    public Shell()
    {
        _tools = Path.Combine(Root, "tools");
        Directory.CreateDirectory(_tools);
        Directory.CreateDirectory(Path.Combine(Root, ".ci"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository(), ".ci")))
        {
            File.Copy(file, Path.Combine(Root, ".ci", Path.GetFileName(file)));
        }
    }

    /// <summary>The pretended repository's folder.</summary>
    public string Root => _folder.FullName;

    /// <summary>Where the answer about Aspire is remembered.</summary>
    public string AspireProps => Path.Combine(Root, "Aspire.local.props");

    /// <summary>Puts a tool first on the path: it prints the text and ends with the code.</summary>
    public void Pretend(string tool, string output, int exitCode)
    {
        var text = Path.Combine(_tools, $"{tool}.txt");
        File.WriteAllText(text, output);
        var path = Path.Combine(_tools, tool);
        File.WriteAllText(path, $"#!/bin/sh\ncat '{text}'\nexit {exitCode}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Starts bash with the shared script loaded.</summary>
    public Process Start(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", "set -u; root=$1; . \"$root/.ci/lib.sh\"; " + script, "bash", Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_tools}:{start.Environment["PATH"]}";
        start.Environment.Remove("AspireEnabled");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a script to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string script, CancellationToken cancellationToken, params (string Name, string Value)[] environment)
    {
        using var process = Start(script, environment);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", ".."));
}
