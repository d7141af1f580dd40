using System.Globalization;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Prices;

/// <summary>Reads the price table, USD per million tokens: Groq's own prices from <c>groq.json</c>, which is part of the program, where Groq
/// (or the emulator in its place) answers; then <c>Prices:MODEL:Input</c>, <c>…:Output</c> and <c>…:Cached</c>; then <c>PRICES</c>, a list of
/// <c>MODEL=INPUT/OUTPUT</c> or <c>MODEL=INPUT/OUTPUT/CACHED</c>. Each takes the place of the one before, model by model.</summary>
internal static class PriceSettingsReader
{
    private const string Expected = "expected is MODEL=INPUT/OUTPUT or MODEL=INPUT/OUTPUT/CACHED in USD per million tokens, such as openai/gpt-oss-120b=0.15/0.60/0.075";
    private const decimal Most = 1_000_000m;

    public static PriceTable Read(SettingValues values, IConfiguration configuration, GroqSettings groq)
    {
        var prices = new Dictionary<string, Price>(StringComparer.OrdinalIgnoreCase);
        if (groq.IsGroq || groq.IsEmulator) AddSection(values, Groqs().GetSection("Prices"), prices);
        AddSection(values, configuration.GetSection("Prices"), prices);
        foreach (var entry in values.List("PRICES"))
        {
            if (Parse(entry) is var (model, price)) prices[model] = price;
            else values.Mistake("PRICES", entry, Expected);
        }

        return new PriceTable(prices, groq.IsEmulator);
    }

    private static IConfigurationRoot Groqs()
    {
        using var file = typeof(PriceSettingsReader).Assembly.GetManifestResourceStream("groq-prices.json")!;
        return new ConfigurationBuilder().AddJsonStream(file).Build();
    }

    private static void AddSection(SettingValues values, IConfigurationSection section, Dictionary<string, Price> prices)
    {
        foreach (var model in section.GetChildren())
        {
            var (input, output) = (Amount(values, model, "Input", isNeeded: true), Amount(values, model, "Output", isNeeded: true));
            var cached = Amount(values, model, "Cached", isNeeded: false);
            if (input is not null && output is not null) prices[model.Key] = new Price(input.Value, output.Value, cached);
        }
    }

    private static decimal? Amount(SettingValues values, IConfigurationSection model, string name, bool isNeeded)
    {
        var text = model[name]?.Trim() ?? "";
        if (Amount(text) is { } amount) return amount;
        if (text.Length > 0 || isNeeded)
            values.Mistake($"{model.Path}:{name}", text, "expected is a price in USD per million tokens, such as 0.15");
        return null;
    }

    // A model's id may hold slashes and colons, and ends at the last equals sign.
    private static (string Model, Price Price)? Parse(string entry)
    {
        var end = entry.LastIndexOf('=');
        var model = end < 0 ? "" : entry[..end].Trim();
        if (model.Length == 0) return null;
        var amounts = entry[(end + 1)..].Split('/').Select(Amount).ToList();
        if (amounts.Count is not (2 or 3) || amounts.Contains(null)) return null;
        return (model, new Price(amounts[0]!.Value, amounts[1]!.Value, amounts.ElementAtOrDefault(2)));
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Most ? amount : null;
}
