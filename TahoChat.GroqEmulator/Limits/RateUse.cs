using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Limits;

/// <summary>One limit and what is used of it, in whole requests or tokens.</summary>
internal sealed record RateUse(int Limit, int Used, TimeSpan Window)
{
    public int Remaining => Limit - Used;

    /// <summary>Until all of it is there again.</summary>
    public TimeSpan Reset => Window * ((double)Used / Limit);
}

/// <summary>What a request found, itself included where it was let in.</summary>
/// <param name="Refusal">Why it is not let in; null where it is, or where limits are only shown.</param>
internal sealed record RateDecision(RateUse RequestsPerDay, RateUse TokensPerMinute, GroqError? Refusal);

/// <summary>What is used of a model.</summary>
internal sealed record ModelUse(
    string Model, RateUse RequestsPerMinute, RateUse RequestsPerDay, RateUse TokensPerMinute, RateUse TokensPerDay);
