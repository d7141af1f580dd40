using System.Globalization;
using System.Net.Http.Headers;
using CsCheck;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Properties;

/// <summary>The reader of the provider's <c>x-ratelimit-*</c> headers: what Go prints is read as it was meant, and nothing
/// that comes in its place does harm.</summary>
public sealed class RateLimitTests
{
    private static readonly Gen<long> _ticks = Gen.OneOf(
        Gen.Long[0, 10_000], Gen.Long[0, TimeSpan.TicksPerSecond], Gen.Long[0, TimeSpan.TicksPerMinute],
        Gen.Long[0, TimeSpan.TicksPerHour], Gen.Long[0, 100 * TimeSpan.TicksPerDay]);

    private static readonly Gen<string> _nearly = Gen.OneOf(
        OneOf("1", "7999", "6", "52.8", ".5", "1.", "-3", "1e9", "999999999999999999999", "٣", "NaN", "", " "),
        OneOf("h", "m", "s", "ms", "us", "µs", "ns", "d", "S", " s", "\n")).Array[0, 9].Select(parts => string.Concat(parts));

    private static readonly Gen<string> _anything = Gen.OneOf(Gen.String, _nearly, Gen.String[Gen.Char[' ', '~'], 0, 80]);

    [Theory]
    [InlineData("547ms", 547)]
    [InlineData("6s", 6_000)]
    [InlineData("2m52.8s", 172_800)]
    [InlineData("1h2m3s", 3_723_000)]
    [InlineData("24h0m0s", 86_400_000)]
    [InlineData("0s", 0)]
    [InlineData("7.66s", 7_660)]
    public void Groqs_durations_are_read(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("6")]
    [InlineData("-6s")]
    [InlineData("6s\n")]
    [InlineData("six seconds")]
    [InlineData("1d")]
    [InlineData("999999999999h")]
    public void Other_texts_are_no_durations(string text) => Assert.Null(GoDuration.Parse(text));

    [Fact]
    public void What_Go_prints_is_read_back() =>
        _ticks.Sample(ticks => GoDuration.Parse(Print(ticks)) == TimeSpan.FromTicks(ticks), iter: 20_000, print: ticks => $"{ticks} {Print(ticks)}");

    [Fact]
    public void Arbitrary_texts_are_a_duration_or_none() => _anything.Sample(
        text => GoDuration.Parse(text) is not { } duration || (duration >= TimeSpan.Zero && duration <= TimeSpan.FromDays(10_000)), iter: 20_000);

    [Fact]
    public void Arbitrary_headers_are_limits_that_make_sense_or_none() => Gen.Select(_anything, _anything, _anything).Sample(
        (limit, remaining, reset) => RateLimits.Parse(limit, remaining, reset) is not { } read
            || (read.Limit > 0 && read.Remaining >= 0 && read.Remaining <= read.Limit && read.Reset >= TimeSpan.Zero), iter: 20_000);

    [Fact]
    public void A_bucket_refills_evenly_never_backwards_and_never_over_its_brim() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Double[0, 1], Gen.Int[0, 90_000], Gen.Int[0, 90_000], Gen.Int[0, 90_000]).Sample((limit, left, reset, early, late) =>
        {
            var bucket = new RateLimit(limit, (long)(limit * left), TimeSpan.FromMilliseconds(reset));
            var (first, then) = (Math.Min(early, late), Math.Max(early, late));
            var before = bucket.RemainingAfter(TimeSpan.FromMilliseconds(first));
            var after = bucket.RemainingAfter(TimeSpan.FromMilliseconds(then));
            return bucket.Remaining <= before && before <= after && after <= limit && bucket.RemainingAfter(bucket.Reset) == limit;
        }, iter: 20_000);

    [Fact]
    public void Limits_are_read_from_an_answers_headers()
    {
        using var answer = new HttpResponseMessage();
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["x-ratelimit-limit-requests"] = "14400",
            ["x-ratelimit-remaining-requests"] = "14370",
            ["x-ratelimit-reset-requests"] = "2m59.56s",
            ["x-ratelimit-limit-tokens"] = "18000",
            ["x-ratelimit-remaining-tokens"] = "garbage",
            ["x-ratelimit-reset-tokens"] = "7.66s",
        })
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        var limits = RateLimits.Read(answer.Headers);

        Assert.Equal(new RateLimits(new RateLimit(14_400, 14_370, TimeSpan.FromSeconds(179.56)), null), limits);
        Assert.Null(RateLimits.Read(Empty()));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(number => texts[number]);

    private static HttpResponseHeaders Empty() => new HttpResponseMessage().Headers;

    /// <summary>Go's <c>Duration.String</c>: the largest unit below a second, else hours, minutes and seconds, the fraction
    /// without its last zeros.</summary>
    private static string Print(long ticks)
    {
        static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
        if (ticks == 0) return "0s";
        if (ticks < 10) return $"{ticks * 100}ns";
        if (ticks < TimeSpan.TicksPerMillisecond) return $"{Number(ticks / 10m)}µs";
        if (ticks < TimeSpan.TicksPerSecond) return $"{Number(ticks / (decimal)TimeSpan.TicksPerMillisecond)}ms";
        var (hours, minutes) = (ticks / TimeSpan.TicksPerHour, ticks / TimeSpan.TicksPerMinute % 60);
        var seconds = $"{Number(ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond)}s";
        return hours > 0 ? $"{hours}h{minutes}m{seconds}" : minutes > 0 ? $"{minutes}m{seconds}" : seconds;
    }
}
