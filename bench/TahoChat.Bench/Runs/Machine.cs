using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TahoChat.Bench.Runs;

/// <summary>Where and when a run was made.</summary>
internal sealed record Machine(string Description)
{
    public static Machine Of(RunOptions options) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Cores()}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}{Version("node", "--version", ", Node ")}{Version("nginx", "-v", ", ")}. "
        + $"{(Runs.Cores.AreApart ? "The server has one core of its own; load, provider and collector have the others." : "Nothing keeps server, load and provider on cores of their own here.")} "
        + $"{(options.Rounds == 1 ? "One round" : $"Medians of {options.Rounds} rounds (smallest to largest)")}{(options.Quick ? ", shortened (--quick)" : "")}."));

    public override string ToString() => Description;

    private static string Cores() => Environment.GetEnvironmentVariable("TAHOCHAT_BENCH_CORES") is { Length: > 0 } cores ? $"{cores} cores" : $"{Environment.ProcessorCount} cores";

    private static string Processor() => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString()
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Version(string program, string option, string before)
    {
        if (Programs.Find(program) is not { } file) return "";
        using var process = Process.Start(new ProcessStartInfo(file, [option]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return before + text.Trim().Replace("nginx version: ", "", StringComparison.Ordinal).TrimStart('v');
    }
}
