using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.Tests.GroqEmulator;

public sealed class PacingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(50)]
    [InlineData(1000)]
    [InlineData(5000)]
    public async Task The_average_is_exact_however_coarse_the_timer(double tokensPerSecond)
    {
        var time = new FakeTimeProvider();
        var start = time.GetTimestamp();
        var pacer = new Pacer(time, tokensPerSecond);
        var (count, waits) = (0, 0);
        while (count < tokensPerSecond * 3)
        {
            var next = pacer.NextAsync(Cancellation).AsTask();
            for (; !next.IsCompleted; waits++) time.Advance(TimeSpan.FromMilliseconds(7));
            count += await next;
        }

        var elapsed = time.GetElapsedTime(start).TotalSeconds;
        Assert.InRange(waits, 100, 700);
        Assert.InRange(elapsed, 2.9, 3.1);
    }

    [Fact]
    public async Task Without_a_speed_nothing_waits()
    {
        var pacer = new Pacer(new FakeTimeProvider(), 0);
        for (var i = 0; i < 10; i++) Assert.Equal(256, await pacer.NextAsync(Cancellation));
    }

    [Theory]
    [InlineData(0, "0ms")]
    [InlineData(547, "547ms")]
    [InlineData(6000, "6s")]
    [InlineData(7660, "7.66s")]
    [InlineData(172_800, "2m52.8s")]
    [InlineData(3_600_000, "1h0m0s")]
    public void Durations_are_printed_as_Go_does(int milliseconds, string expected) =>
        Assert.Equal(expected, GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Speed_and_first_token_are_settings()
    {
        var defaults = GroqEmulatorOptions.From(Settings());
        Assert.Equal((90, 150), (defaults.TokensPerSecond, defaults.FirstToken.TotalMilliseconds));
        var set = GroqEmulatorOptions.From(Settings(("EMULATOR_TOKENS_PER_SECOND", "1000"), ("EMULATOR_FIRST_TOKEN_MS", "0")));
        Assert.Equal((1000, 0), (set.TokensPerSecond, set.FirstToken.TotalMilliseconds));
        var mistake = Assert.Throws<FormatException>(() => GroqEmulatorOptions.From(Settings(("EMULATOR_TOKENS_PER_SECOND", "fast"))));
        Assert.Contains("EMULATOR_TOKENS_PER_SECOND=fast", mistake.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value))
            .Build();
}
