using System.Globalization;
using System.Net;
using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>From what the provider did to what a person is told. Nothing of the provider's own text passes: it may hold
/// the organisation's id or the key.</summary>
internal static class GroqErrors
{
    /// <summary>The failure that an error answer, or an error event, stands for.</summary>
    /// <param name="status">The HTTP status, or the one inside the event.</param>
    /// <param name="error">What the body said.</param>
    /// <param name="wait">How long the provider asks to wait.</param>
    /// <param name="now">For the day on which a day's limit is free again.</param>
    public static GroqException From(int status, GroqError error, TimeSpan? wait = null, DateTimeOffset? now = null) => status switch
    {
        >= 300 and < 400 => new("provider_protocol", "The provider answered with a redirect. Please check GROQ_BASE_URL.") { Status = status },
        400 or 404 or 410 when IsModelGone(error) => new("model_not_found", "The provider no longer offers this model.") { Status = status },
        400 or 422 or 500 or 501 when IsAboutTools(error) => new("provider_rejected", "The provider refused the request.") { Status = status, IsAboutTools = true },
        400 when IsTooLong(error) => new("context_too_long", "The conversation is longer than the model can read. Please start a new one, or shorten the message.") { Status = status },
        401 => new("provider_unauthorized", "The provider refused the API key. Please check GROQ_API_KEY.") { Status = status },
        403 => new("provider_forbidden", "The provider refuses requests from this network or account.") { Status = status },
        404 => new("provider_rejected", "The provider has no such address. Please check GROQ_BASE_URL.") { Status = status },
        408 => new("provider_timeout", "The provider took too long. Please try again.") { Status = status, Retryable = true, RetryAfter = wait },
        413 => new("context_too_long", "The request is larger than the account's limit. Please start a new conversation, or shorten the message.") { Status = status },
        429 when IsDaily(error) => DailyLimit(wait, now),
        429 => RateLimited(wait),
        498 or 503 => new("provider_overloaded", "The provider is over capacity. Please try again.") { Status = status, Retryable = true, RetryAfter = wait },
        >= 400 and < 500 => new("provider_rejected", "The provider refused the request.") { Status = status },
        >= 500 => new("provider_error", "The provider has a problem of its own. Please try again.") { Status = status, Retryable = true, RetryAfter = wait },
        _ => Unreadable(status),
    };

    /// <summary>The failure that an error inside a stream, or inside a 200, stands for.</summary>
    public static GroqException From(GroqError error, DateTimeOffset? now = null) =>
        From(error.Status is >= 300 and < 600 and { } status ? status : StatusOf(error), error, GroqWait.InMessage(error.Message), now);

    /// <summary>The failure behind an exception of the HTTP client or the parser; null where it is none of theirs.</summary>
    public static GroqException? From(Exception exception) => exception switch
    {
        GroqException known => known,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => Unreadable(null, exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => Unreachable(exception),
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => Unreadable(null, exception),
        // Neither the caller nor the watchdog cancelled: ConnectTimeout ran out.
        OperationCanceledException => Unreachable(exception),
        HttpRequestException or IOException => Disconnected(exception),
        JsonException or InvalidDataException => Unreadable(null, exception),
        _ => null,
    };

    /// <summary>The stream, or the connection, ended without saying that the reply was finished.</summary>
    public static GroqException Disconnected(Exception? inner = null) =>
        new("provider_disconnected", "The connection to the provider broke off.", inner) { Retryable = true };

    /// <summary>No text within the time limit, or a gap in the stream.</summary>
    public static GroqException TimedOut() => new("provider_timeout", "The provider took too long. Please try again.") { Retryable = true };

    /// <summary>No connection.</summary>
    public static GroqException Unreachable(Exception? inner = null) =>
        new("provider_unreachable", "The provider cannot be reached. Please check the network and GROQ_BASE_URL.", inner) { Retryable = true };

    /// <summary>It failed so often that it is not asked at all for a while.</summary>
    public static GroqException Resting(TimeSpan wait) =>
        new("provider_unreachable", $"The provider failed several times in a row. It is asked again in {InWords(wait)}.") { Retryable = true, RetryAfter = wait };

    /// <summary>An answer that cannot be read.</summary>
    public static GroqException Unreadable(int? status, Exception? inner = null) =>
        new("provider_protocol", "The provider's answer could not be read.", inner) { Status = status, Retryable = true };

    private static GroqException RateLimited(TimeSpan? wait)
    {
        var when = wait is { } time ? $"Please try again in {InWords(time)}." : "Please try again later.";
        return new("provider_rate_limited", $"The account's limit is reached. {when}") { Status = 429, Retryable = true, RetryAfter = wait };
    }

    private static GroqException DailyLimit(TimeSpan? wait, DateTimeOffset? now)
    {
        var day = now + wait is { } free ? string.Create(CultureInfo.InvariantCulture, $" ({free.UtcDateTime:dddd, d MMMM, HH:mm} UTC)") : "";
        var when = wait is { } time ? $"It has room again in {InWords(time)}{day}." : "Please try again tomorrow.";
        return new("provider_daily_limit", $"The account's daily limit is used up. {when}") { Status = 429, Retryable = true, RetryAfter = wait };
    }

    private static string InWords(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(time.TotalSeconds)):0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(time.TotalHours):0} hours"),
    };

    private static int StatusOf(GroqError error) => (error.Code ?? error.Type) switch
    {
        "rate_limit_exceeded" => (int)HttpStatusCode.TooManyRequests,
        "capacity_exceeded" or "overloaded" => (int)HttpStatusCode.ServiceUnavailable,
        "invalid_api_key" => (int)HttpStatusCode.Unauthorized,
        _ when error.Type is "invalid_request_error" => (int)HttpStatusCode.BadRequest,
        _ => (int)HttpStatusCode.InternalServerError,
    };

    // Groq's words for requests (RPD) and tokens (TPD); its other limits are of a minute or an hour.
    private static bool IsDaily(GroqError error) => error.Message is { } text
        && (text.Contains("per day", StringComparison.OrdinalIgnoreCase) || text.Contains("(RPD)", StringComparison.Ordinal) || text.Contains("(TPD)", StringComparison.Ordinal));

    private static bool IsModelGone(GroqError error) => error.Code is "model_decommissioned" or "model_not_found";

    // Ollama: "… does not support tools" (400); vLLM: "tool choice requires …" (400); llama.cpp: "tools param requires --jinja flag" (500).
    private static bool IsAboutTools(GroqError error) =>
        error.Code is not "tool_use_failed"
        && (error.Message?.Contains("tools", StringComparison.OrdinalIgnoreCase) is true
            || error.Message?.Contains("tool choice", StringComparison.OrdinalIgnoreCase) is true);

    private static bool IsTooLong(GroqError error) =>
        error.Code is "context_length_exceeded" || error.Message?.Contains("reduce the length", StringComparison.OrdinalIgnoreCase) is true;
}
