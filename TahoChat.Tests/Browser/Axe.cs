using System.Text.Json;
using Microsoft.Playwright;

namespace TahoChat.Tests.Browser;

/// <summary>axe-core, asked about what a page shows right now.</summary>
internal static class Axe
{
    private const string Ask = """
        async ([rules, without]) => {
          // What is still changing its colour is not yet what a person sees.
          const settled = () => Promise.all(document.getAnimations()
            .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
            .map((animation) => animation.finished.catch(() => undefined)));
          let violations = [];
          // An inherited colour changes after that of its parent: what is still there a little later is meant.
          for (let look = 0; look === 0 || (violations.length > 0 && look < 5); look++) {
            for (let frame = 0; frame < 3 + 10 * look; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
            await settled();
            ({ violations } = await axe.run(document, {
              resultTypes: ["violations"],
              rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
              ...(rules.length > 0 && { runOnly: { type: "rule", values: rules } }),
            }));
          }
          return JSON.stringify(violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n").slice(1).join(" ").trim()}`)));
        }
        """;

    private static readonly Lazy<string> _source = new(() => File.ReadAllText(Find()));

    /// <summary>What axe finds, best practices included; each with its place and its reason.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">These alone; all where there are none.</param>
    /// <param name="without">But not these.</param>
    public static async Task<string[]> FindAsync(IPage page, string[] rules, params string[] without)
    {
        // By the driver, whom the page's policy does not hold up.
        if (!await page.EvaluateAsync<bool>("'axe' in globalThis")) await page.EvaluateAsync(_source.Value + ";0");
        return JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Ask, new object[] { rules, without }))!;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "frontend", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(script)) return script;
        }

        throw new FileNotFoundException("axe-core is not installed: npm ci in frontend, which ./test.sh does.");
    }
}
