using System.Globalization;

namespace TahoChat.GroqEmulator.Limits;

/// <summary>What an account may use of each model. The defaults are those of the free tier
/// (console.groq.com/docs/rate-limits).</summary>
public sealed record RateLimits
{
    private const int Most = 1_000_000_000;

    public int RequestsPerMinute { get; init; } = 30;

    public int RequestsPerDay { get; init; } = 1_000;

    /// <summary>Prompt and <c>max_completion_tokens</c> together.</summary>
    public int TokensPerMinute { get; init; } = 8_000;

    public int TokensPerDay { get; init; } = 200_000;

    /// <summary>Reads <c>rpm=30,rpd=1000,tpm=8000,tpd=200000</c>: any of them, the others as they are.</summary>
    /// <exception cref="FormatException">A name is unknown, or a number no number from 1 to 1,000,000,000.</exception>
    public RateLimits With(string text)
    {
        var limits = this;
        foreach (var part in text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0
                || !int.TryParse(part.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > Most)
            {
                throw new FormatException($"{part} is no limit: there are rpm, rpd, tpm and tpd, each with a number from 1 to {Most}.");
            }

            limits = limits.With(part[..equals].ToLowerInvariant(), number);
        }

        return limits;
    }

    private RateLimits With(string name, int number) => name switch
    {
        "rpm" => this with { RequestsPerMinute = number },
        "rpd" => this with { RequestsPerDay = number },
        "tpm" => this with { TokensPerMinute = number },
        "tpd" => this with { TokensPerDay = number },
        _ => throw new FormatException($"{name} is no limit: there are rpm, rpd, tpm and tpd."),
    };
}
