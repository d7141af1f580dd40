using System.IO.Compression;
using System.Text.RegularExpressions;

namespace TahoChat.Tests.Frontend;

/// <summary>How much script a browser has to fetch and read before the chat is there.</summary>
public sealed partial class ScriptBudgetTests
{
    /// <summary>KiB as they are sent, packed by Brotli: 250 KB. What comes with a click belongs into a part that loads later (frontend/src/lib/lazy-part.ts).</summary>
    private const double FirstLoad = 244;

    [Theory]
    [InlineData("index.html")]
    [InlineData("figures/index.html")]
    public void The_scripts_of_a_pages_first_load_stay_within_their_budget(string page)
    {
        var html = File.ReadAllText(Path.Combine(ExportFolder.Path, page));
        // Scripts for browsers without modules are fetched by none that the chat runs in.
        var scripts = Scripts().Matches(html)
            .Where(tag => !tag.Value.Contains("nomodule", StringComparison.OrdinalIgnoreCase))
            .Select(tag => tag.Groups[1].Value)
            .Distinct()
            .ToDictionary(path => path, path => Sent(Path.Combine(ExportFolder.Path, path)) / 1024d);
        Assert.NotEmpty(scripts);
        var total = scripts.Values.Sum();
        var list = string.Join('\n', scripts.OrderByDescending(script => script.Value).Select(script => $"{script.Value,7:0.0} {script.Key}"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{page}: {total:0.0} KiB\n{list}");
        Assert.True(total <= FirstLoad, $"{page} loads {total:0.0} KiB of script, {FirstLoad} are allowed:\n{list}");
    }

    // What the build packed beside it is what is sent.
    private static long Sent(string path)
    {
        if (File.Exists(path + ".br")) return new FileInfo(path + ".br").Length;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(File.ReadAllBytes(path));
        return packed.Length;
    }

    [GeneratedRegex("""<script[^>]+src="/([^"?]+)[^>]*>""")]
    private static partial Regex Scripts();
}
