using System.Globalization;
using TahoChat.GroqEmulator.Limits;

namespace TahoChat.GroqEmulator;

/// <summary>How the emulator behaves where a request says nothing else.</summary>
public sealed record GroqEmulatorOptions
{
    /// <summary>The setting of <see cref="TokensPerSecond"/>.</summary>
    public const string TokensPerSecondVariable = "EMULATOR_TOKENS_PER_SECOND";

    /// <summary>The setting of <see cref="FirstToken"/>, in milliseconds.</summary>
    public const string FirstTokenVariable = "EMULATOR_FIRST_TOKEN_MS";

    /// <summary>Tokens a second; 0 is as fast as the client reads. The default can be followed by eye, Groq itself sends
    /// 500 to 1,000.</summary>
    public double TokensPerSecond { get; init; } = 90;

    /// <summary>From the request to the first event.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The fewest UTF-16 code units of a token.</summary>
    public int ShortestToken { get; init; } = 3;

    /// <summary>The most UTF-16 code units of a token; one more where a surrogate pair would be split.</summary>
    public int LongestToken { get; init; } = 5;

    /// <summary>The setting of <see cref="RateLimits"/> and <see cref="EnforcesRateLimits"/>: <c>off</c>, <c>free</c> for those of
    /// the free tier, or <c>rpm=30,rpd=1000,tpm=8000,tpd=200000</c>, any of them.</summary>
    public const string RateLimitsVariable = "EMULATOR_RATE_LIMITS";

    /// <summary>What the <c>x-ratelimit-*</c> headers tell of.</summary>
    public RateLimits RateLimits { get; init; } = new();

    /// <summary>Whether a request beyond the limits is refused; off, so that nobody is stopped after 8,000 tokens of trying
    /// it.</summary>
    public bool EnforcesRateLimits { get; init; }

    /// <summary>How many requests are remembered.</summary>
    public int RecordedRequests { get; init; } = 256;

    /// <summary>How many bytes of a request's body are remembered.</summary>
    public int RecordedBodyBytes { get; init; } = 16 * 1024;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">A value is no number, or out of range.</exception>
    public static GroqEmulatorOptions From(IConfiguration configuration)
    {
        var defaults = new GroqEmulatorOptions();
        var limits = configuration[RateLimitsVariable];
        var isOff = limits is null or "" || limits.Equals("off", StringComparison.OrdinalIgnoreCase);
        return defaults with
        {
            TokensPerSecond = Read(configuration, TokensPerSecondVariable, 1_000_000) ?? defaults.TokensPerSecond,
            FirstToken = Read(configuration, FirstTokenVariable, 600_000) is { } milliseconds
                ? TimeSpan.FromMilliseconds(milliseconds)
                : defaults.FirstToken,
            RateLimits = isOff ? defaults.RateLimits : ReadLimits(limits!, defaults.RateLimits),
            EnforcesRateLimits = !isOff,
        };
    }

    private static RateLimits ReadLimits(string text, RateLimits defaults)
    {
        try
        {
            return text.Equals("free", StringComparison.OrdinalIgnoreCase) ? defaults : defaults.With(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{RateLimitsVariable}={text}: {exception.Message}", exception);
        }
    }

    private static double? Read(IConfiguration configuration, string name, double most)
    {
        if (configuration[name] is not { Length: > 0 } text) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= most
            ? value
            : throw new FormatException($"{name}={text} is not a number from 0 to {most:0}.");
    }
}
