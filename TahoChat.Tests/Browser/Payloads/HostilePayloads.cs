using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TahoChat.Tests.Browser.Payloads;

/// <summary>Texts that try to run something or to fetch something, <c>hostile.json</c>.</summary>
internal static class HostilePayloads
{
    public static IReadOnlyList<string> All { get; } = JsonSerializer.Deserialize<string[]>(File.ReadAllText(PathOf("hostile.json")))!;

    /// <summary>The frontend's sources beside these tests.</summary>
    public static string Frontend { get; } = Path.GetFullPath(PathOf("../../../frontend"));

    private static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, name);
}
