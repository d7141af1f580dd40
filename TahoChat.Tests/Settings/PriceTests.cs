using Microsoft.Extensions.Configuration;
using TahoChat.Api.Groq;
using TahoChat.Api.Prices;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Settings;

/// <summary>What models cost, by configuration.</summary>
public sealed class PriceTests
{
    [Theory]
    [InlineData("gsk_abc", null, null, 0.15, false)]
    [InlineData(null, null, null, 0.15, true)]
    [InlineData("gsk_abc", "https://api.groq.com/openai/v1", null, 0.15, false)]
    [InlineData(null, "http://127.0.0.1:9", "true", 0.15, true)]
    [InlineData("gsk_abc", "http://127.0.0.1:9", null, null, false)]
    [InlineData(null, "http://127.0.0.1:9", null, null, false)]
    public void Groqs_prices_are_known_where_Groq_answers_or_the_emulator_plays_it(
        string? key, string? address, string? emulator, double? input, bool isSimulated)
    {
        var prices = Read(("GROQ_API_KEY", key), ("GROQ_BASE_URL", address), ("GROQ_EMULATOR", emulator)).Settings.Prices;
        Assert.Equal(((decimal?)input, isSimulated), (prices.Of("openai/gpt-oss-120b")?.Input, prices.IsSimulated));
        Assert.Null(prices.Of("no/such-model"));
    }

    [Fact]
    public void The_list_goes_before_the_section_and_that_before_Groqs_own()
    {
        var reading = Read(
            ("PRICES", "llama3.2:3b=0/0, openai/gpt-oss-20b = 1/2/0.5"),
            ("Prices:openai/gpt-oss-20b:Input", "7"), ("Prices:openai/gpt-oss-20b:Output", "8"),
            ("Prices:openai/gpt-oss-120b:Input", "0.1"), ("Prices:openai/gpt-oss-120b:Output", "0.2"));

        Assert.Empty(reading.Mistakes);
        var prices = reading.Settings.Prices;
        Assert.Equal(new Price(0, 0), prices.Of("llama3.2:3b"));
        Assert.Equal(new Price(1, 2, 0.5m), prices.Of("openai/gpt-oss-20b"));
        Assert.Equal(new Price(0.1m, 0.2m), prices.Of("openai/gpt-oss-120b"));
        Assert.Equal(new Price(0.8m, 4, 0.4m), prices.Of("qwen/qwen3.8-27b"));
        Assert.Equal(prices.Of("qwen/qwen3.8-27b"), prices.Of("Qwen/Qwen3.8-27B"));
    }

    [Theory]
    [InlineData("0.15")]
    [InlineData("model=")]
    [InlineData("model=0.15")]
    [InlineData("=0.15/0.6")]
    [InlineData("model=-1/0.6")]
    [InlineData("model=0.15/cheap")]
    [InlineData("model=0.15/0.6/")]
    [InlineData("model=0.15/0.6/0.1/0.2")]
    [InlineData("model=1e3/0.6")]
    [InlineData("model=NaN/0.6")]
    [InlineData("model=1000001/0.6")]
    public void A_mistake_in_the_list_names_the_entry_and_what_is_expected(string entry)
    {
        var mistake = Assert.Single(Read(("PRICES", $"fine=1/2,{entry}")).Mistakes);
        Assert.StartsWith($"PRICES={entry}: expected is MODEL=INPUT/OUTPUT", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input", "-0.1")]
    [InlineData("Output", "many")]
    [InlineData("Cached", "0,5")]
    public void A_mistake_in_the_section_is_named_by_its_path(string name, string value)
    {
        var settings = new Dictionary<string, string?> { ["Prices:a/b:Input"] = "1", ["Prices:a/b:Output"] = "2", [$"Prices:a/b:{name}"] = value };
        var mistake = Assert.Single(Read([.. settings.Select(pair => (pair.Key, pair.Value))]).Mistakes);
        Assert.StartsWith($"Prices:a/b:{name}={value}: expected is a price in USD", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_without_an_output_price_is_a_mistake() =>
        Assert.StartsWith("Prices:a/b:Output=: ", Assert.Single(Read(("Prices:a/b:Input", "1")).Mistakes), StringComparison.Ordinal);

    [Theory]
    [InlineData(1000, 0, 0, 0.00015)]
    [InlineData(0, 0, 1000, 0.0006)]
    [InlineData(1000, 768, 500, 0.0003924)]
    [InlineData(1000, 1000, 0, 0.000075)]
    [InlineData(100, 5000, 0, 0.0000075)]
    public void A_cached_token_costs_the_cached_price(int prompt, int cached, int completion, decimal expected) =>
        Assert.Equal(expected, new Price(0.15m, 0.6m, 0.075m).Of(Usage(prompt, cached, completion)));

    [Fact]
    public void Without_a_cached_price_a_cached_token_costs_as_much_as_another() =>
        Assert.Equal(new Price(0.29m, 0.59m).Of(Usage(1000, 0, 10)), new Price(0.29m, 0.59m).Of(Usage(1000, 640, 10)));

    private static GroqUsage Usage(int prompt, int cached, int completion) => new(prompt, completion, prompt + completion, 0, cached, null, null, null, null);

    private static SettingsReading Read(params (string Name, string? Value)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection()
            .AddInMemoryCollection(settings.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
            .Build(),
        Path.GetTempPath());
}
