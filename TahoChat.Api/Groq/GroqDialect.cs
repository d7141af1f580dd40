using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Groq;

/// <summary>What servers that speak the protocol do not take of it, as far as one said so. Remembered for each model while the
/// process runs: the request is sent again once without the field, and the next ones have none.</summary>
internal sealed partial class GroqDialect
{
    /// <summary>The most fields that are left out of one request before it is given up.</summary>
    public const int MostLessons = 2;

    private static readonly string[] _optional = ["stream_options", "max_completion_tokens", "reasoning_effort", "temperature"];

    private readonly ConcurrentDictionary<(string Model, string Field), bool> _refused = new();

    /// <summary>Whether the field may be sent. Where <c>max_completion_tokens</c> may not, <c>max_tokens</c> takes its place.</summary>
    public bool Takes(string model, string field) => !_refused.ContainsKey((model, field));

    /// <summary>Leaves the field out from now on; false where it is left out already.</summary>
    public bool Learn(string model, string field) => _refused.TryAdd((model, field), true);

    /// <summary>The optional field that an error answer says the server does not know; null where it says something else.</summary>
    /// <remarks>"`stream_options` is not supported", "Unrecognized request argument", FastAPI's <c>extra_forbidden</c>. A value that
    /// is not allowed ("must be one of") is no unknown field.</remarks>
    public static string? RefusedBy(int status, GroqError error)
    {
        if (status is not (400 or 422 or 501) || error.Message is not { } text || !Refuses().IsMatch(text)) return null;
        return _optional.FirstOrDefault(field => text.Contains(field, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(
        @"unknown|unrecogni[sz]ed|unsupported|not support|not permitted|unexpected|not allowed|extra_forbidden|extra (?:fields|inputs)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Refuses();
}
