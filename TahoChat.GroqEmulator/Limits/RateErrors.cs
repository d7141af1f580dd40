using System.Globalization;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Limits;

/// <summary>How Groq says that a limit is reached.</summary>
internal static class RateErrors
{
    private const string Code = "rate_limit_exceeded";
    private const string Upgrade = "Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing";

    /// <summary>413: no waiting would let this request in.</summary>
    public static GroqError TooLarge(string model, int limit, int requested) =>
        new($"Request too large for {Of(model)} on tokens per minute (TPM): Limit {limit}, Requested {requested}, please reduce your "
            + $"message size and try again. {Upgrade}",
            "tokens",
            Code)
        {
            Status = StatusCodes.Status413PayloadTooLarge,
        };

    /// <summary>429: (used + requested − limit) / limit × window, and it would be let in.</summary>
    public static GroqError Reached(string model, RateUse use, string what, int requested)
    {
        var wait = use.Window * ((use.Used + requested - use.Limit) / (double)use.Limit);
        return new(
            $"Rate limit reached for {Of(model)} on {what}: Limit {use.Limit}, Used {use.Used}, Requested {requested}. "
            + $"Please try again in {GoDuration.Format(wait)}. {Upgrade}",
            what.StartsWith("tokens", StringComparison.Ordinal) ? "tokens" : "requests",
            Code)
        {
            Status = StatusCodes.Status429TooManyRequests,
            RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Of(string model) => $"model `{model}` in organization `{WireIds.Organisation}` service tier `on_demand`";
}
