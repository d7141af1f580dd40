namespace TahoChat.Api.Groq;

/// <summary>A completion that failed. The message is for people: it holds no key, no organisation id and nothing of the
/// provider's own text; that goes to the log, redacted.</summary>
public sealed class GroqException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A stable word, as <c>docs/protocol.md</c> lists them.</summary>
    public string Code { get; } = code;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; init; }

    /// <summary>How long to wait before that, where the provider said it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The provider complains of the tools that it was offered: it, or the model, knows none.</summary>
    public bool IsAboutTools { get; init; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>The optional field of the request that the provider does not know, where it said so.</summary>
    internal string? RefusedField { get; set; }
}
