using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Limits;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class RateLimitTests
{
    /// <summary>What every prompt of <see cref="Ask"/> costs: Groq's own part, the frame of a message, and "Hello".</summary>
    private const int Prompt = 68 + 4 + 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<EmulatorHost> StartLimitedAsync(FakeTimeProvider time, RateLimits? limits = null) => StartAsync(
        new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero, EnforcesRateLimits = true, RateLimits = limits ?? new() },
        [],
        time,
        Cancellation);

    private static JsonObject Ask(int tokens)
    {
        var body = Body("Hello");
        body["max_completion_tokens"] = tokens - Prompt;
        return body;
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static async Task<(int Status, string Message, string Type, string? RetryAfter)> RefusedAsync(EmulatorHost emulator, JsonObject body)
    {
        using var response = await emulator.PostAsync(body, Cancellation);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("rate_limit_exceeded", error.GetProperty("code").GetString());
        var (message, type) = (error.GetProperty("message").GetString()!, error.GetProperty("type").GetString()!);
        return ((int)response.StatusCode, message, type, Header(response.Headers, "retry-after"));
    }

    [Fact]
    public async Task The_wait_is_in_the_message_and_the_header_and_lets_in_when_it_is_over()
    {
        var time = new FakeTimeProvider();
        await using var emulator = await StartLimitedAsync(time);
        await emulator.StreamAsync(Ask(7311), Cancellation);
        var refused = await RefusedAsync(emulator, Ask(4824));
        Assert.Equal(
            (429,
            "Rate limit reached for model `openai/gpt-oss-20b` in organization `org_01jemu1at0rf0rtah0chat0ff1` service tier `on_demand` on "
            + "tokens per minute (TPM): Limit 8000, Used 7311, Requested 4824. Please try again in 31.0125s. Need more tokens? Upgrade to Dev "
            + "Tier today at https://console.groq.com/settings/billing",
            "tokens",
            "32"),
            refused);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(429, (await RefusedAsync(emulator, Ask(4824))).Status);
        time.Advance(TimeSpan.FromSeconds(0.0125));
        await emulator.StreamAsync(Ask(4824), Cancellation);
    }

    [Fact]
    public async Task What_the_reply_may_have_is_charged_up_front_and_headers_tell_what_is_left()
    {
        var time = new FakeTimeProvider();
        await using var emulator = await StartLimitedAsync(time);
        using (var first = await emulator.PostAsync(Ask(2000), Cancellation))
        {
            Assert.Equal("6000", Header(first.Headers, "x-ratelimit-remaining-tokens"));
            Assert.Equal("15s", Header(first.Headers, "x-ratelimit-reset-tokens"));
            Assert.Equal("999", Header(first.Headers, "x-ratelimit-remaining-requests"));
            Assert.Null(Header(first.Headers, "retry-after"));
        }

        time.Advance(TimeSpan.FromSeconds(6));
        using var second = await emulator.PostAsync(Ask(100), Cancellation);
        Assert.Equal("6700", Header(second.Headers, "x-ratelimit-remaining-tokens"));
        Assert.Equal("9.75s", Header(second.Headers, "x-ratelimit-reset-tokens"));
        Assert.Equal("2m52.8s", Header(second.Headers, "x-ratelimit-reset-requests"));
    }

    [Fact]
    public async Task A_reply_without_a_bound_is_charged_when_it_is_written()
    {
        var time = new FakeTimeProvider();
        await using var emulator = await StartLimitedAsync(time);
        await emulator.StreamAsync(Body("[emulator tokens=2000 reasoning=0]"), Cancellation);
        using var next = await emulator.PostAsync(Ask(100), Cancellation);
        var remaining = int.Parse(Header(next.Headers, "x-ratelimit-remaining-tokens")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(remaining, 8000 - 100 - 2000 - 120, 8000 - 100 - 2000 - 60);
    }

    [Fact]
    public async Task A_request_larger_than_the_limit_is_too_large_however_long_one_waits()
    {
        await using var emulator = await StartLimitedAsync(new FakeTimeProvider());
        var refused = await RefusedAsync(emulator, Ask(16_493));
        Assert.Equal(
            (413,
            "Request too large for model `openai/gpt-oss-20b` in organization `org_01jemu1at0rf0rtah0chat0ff1` service tier `on_demand` on tokens "
            + "per minute (TPM): Limit 8000, Requested 16493, please reduce your message size and try again. Need more tokens? Upgrade to Dev Tier "
            + "today at https://console.groq.com/settings/billing",
            "tokens",
            null),
            refused);
    }

    [Theory]
    [InlineData("rpm=2", "requests per minute (RPM): Limit 2, Used 2, Requested 1. Please try again in 30s.", "requests", "30")]
    [InlineData("rpd=2", "requests per day (RPD): Limit 2, Used 2, Requested 1. Please try again in 12h0m0s.", "requests", "43200")]
    [InlineData("tpd=200", "tokens per day (TPD): Limit 200, Used 200, Requested 100. Please try again in 12h0m0s.", "tokens", "43200")]
    public async Task Each_of_the_limits_is_kept(string limits, string message, string type, string retryAfter)
    {
        await using var emulator = await StartLimitedAsync(new FakeTimeProvider(), new RateLimits().With(limits));
        for (var i = 0; i < 2; i++) await emulator.StreamAsync(Ask(100), Cancellation);
        var refused = await RefusedAsync(emulator, Ask(100));
        Assert.Equal((429, type, retryAfter), (refused.Status, refused.Type, refused.RetryAfter));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_has_limits_of_its_own()
    {
        await using var emulator = await StartLimitedAsync(new FakeTimeProvider(), new RateLimits().With("rpd=1"));
        await emulator.StreamAsync(Body("Hello"), Cancellation);
        await emulator.StreamAsync(Body("Hello", model: "openai/gpt-oss-120b"), Cancellation);
        Assert.Equal(429, (await RefusedAsync(emulator, Body("Hello"))).Status);
    }

    [Fact]
    public async Task Nobody_is_refused_unless_the_limits_are_on()
    {
        await using var emulator = await StartAsync(
            new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero }, [], new FakeTimeProvider(), Cancellation);
        for (var i = 0; i < 3; i++) await emulator.StreamAsync(Ask(7000), Cancellation);
        using var response = await emulator.PostAsync(Ask(16_000), Cancellation);
        Assert.Equal((200, "0"), ((int)response.StatusCode, Header(response.Headers, "x-ratelimit-remaining-tokens")));
    }

    [Theory]
    [InlineData(null, false, 8000)]
    [InlineData("off", false, 8000)]
    [InlineData("free", true, 8000)]
    [InlineData("tpm=100,rpm=5", true, 100)]
    public void The_setting_switches_the_limits_on(string? setting, bool isEnforced, int tokensPerMinute)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [GroqEmulatorOptions.RateLimitsVariable] = setting }).Build();
        var options = GroqEmulatorOptions.From(configuration);
        Assert.Equal((isEnforced, tokensPerMinute), (options.EnforcesRateLimits, options.RateLimits.TokensPerMinute));
    }

    [Theory]
    [InlineData("tpm")]
    [InlineData("tpm=0")]
    [InlineData("tpm=many")]
    [InlineData("tph=5")]
    public void A_setting_that_is_no_limit_is_named(string setting)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [GroqEmulatorOptions.RateLimitsVariable] = setting }).Build();
        var exception = Assert.Throws<FormatException>(() => GroqEmulatorOptions.From(configuration));
        Assert.StartsWith($"EMULATOR_RATE_LIMITS={setting}: ", exception.Message, StringComparison.Ordinal);
    }
}
