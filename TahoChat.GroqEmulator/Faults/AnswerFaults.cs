using System.Globalization;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>An error with Groq's JSON body.</summary>
internal sealed record ErrorFault(FaultDescription About, Func<FaultContext, GroqError> Error) : Fault.Answer(About)
{
    public override Task WriteAsync(FaultContext context, CancellationToken cancellationToken) =>
        throw new GroqErrorException(Error(context));
}

/// <summary>A page of the proxy before Groq.</summary>
internal sealed record HtmlFault(FaultDescription About, int Status, string Title) : Fault.Answer(About)
{
    public override Task WriteAsync(FaultContext context, CancellationToken cancellationToken)
    {
        context.Http.Response.StatusCode = Status;
        context.Http.Response.ContentType = "text/html";
        return context.Http.Response.WriteAsync(
            $"<html>\r\n<head><title>{Title}</title></head>\r\n<body>\r\n<center><h1>{Title}</h1></center>\r\n"
            + "<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n",
            cancellationToken);
    }
}

/// <summary>Groq's errors. Their texts hold the organisation, as the real ones do.</summary>
internal static class AnswerErrors
{
    private const int TokensPerMinute = 8000;
    private const int Requested = 4824;
    private const string Tier = "service tier `on_demand` on tokens per minute (TPM)";
    private const string Upgrade = "Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing";

    public static GroqError BadRequest { get; } =
        new("Please reduce the length of the messages or completion.", GroqError.InvalidRequest, Param: "messages");

    public static GroqError InvalidKey { get; } =
        new("Invalid API Key", GroqError.InvalidRequest, "invalid_api_key") { Status = 401 };

    public static GroqError Forbidden { get; } =
        new("Access denied. Please check your network settings.", GroqError.InvalidRequest) { Status = 403 };

    public static GroqError Unprocessable { get; } =
        new("Unprocessable entity: the request was well-formed but could not be followed.", GroqError.InvalidRequest) { Status = 422 };

    public static GroqError FlexCapacity { get; } =
        new("Flex tier capacity exceeded, please try again later.", "capacity_exceeded", "capacity_exceeded") { Status = 498 };

    public static GroqError FailedDependency { get; } =
        new("Failed dependency: a request to an upstream service failed.", GroqError.InvalidRequest) { Status = 424 };

    public static GroqError Cancelled { get; } =
        new("The request was cancelled by the caller.", GroqError.InvalidRequest, "request_cancelled") { Status = 499 };

    public static GroqError EntityTooLarge { get; } =
        new("Request Entity Too Large", GroqError.InvalidRequest, "request_too_large") { Status = 413 };

    public static GroqError Internal { get; } =
        new("Internal Server Error", "internal_server_error", "internal_server_error") { Status = 500 };

    public static GroqError OverCapacity(FaultContext context) =>
        new($"{context.Model} is currently over capacity. Please try again and back off exponentially. Visit "
            + "https://groqstatus.com to see if there is an active incident.",
            "internal_server_error",
            "internal_server_error")
        {
            Status = 503,
        };

    public static GroqError Decommissioned(FaultContext context) =>
        new($"The model `{context.Model}` has been decommissioned and is no longer supported. Please refer to "
            + "https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
            GroqError.InvalidRequest,
            "model_decommissioned");

    /// <summary>A rate limit whose text says nothing of a time.</summary>
    public static GroqError BareRateLimit(string? retryAfter) =>
        new($"Rate limit reached in organization `{WireIds.Organisation}`.", "tokens", "rate_limit_exceeded")
        {
            Status = 429,
            RetryAfter = retryAfter,
        };

    /// <summary>The bucket of a day, of which a request needs more than has refilled: over three hours to wait.</summary>
    public static GroqError DailyLimit(FaultContext context, string what, string abbreviation, int limit)
    {
        var requested = what == "tokens" ? 26_500 : 1;
        var wait = TimeSpan.FromSeconds(3 * 3600 + 612);
        return new(
            $"Rate limit reached for model `{context.Model}` in organization `{WireIds.Organisation}` service tier `on_demand` on {what} per "
            + $"day ({abbreviation}): Limit {limit}, Used {limit}, Requested {requested}. Please try again in {GoDuration.Format(wait)}. {Upgrade}",
            what,
            "rate_limit_exceeded")
        {
            Status = 429,
            RetryAfter = context.RetryAfter ?? wait.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
    }

    public static GroqError TooLarge(FaultContext context) =>
        new($"Request too large for model `{context.Model}` in organization `{WireIds.Organisation}` {Tier}: Limit {TokensPerMinute}, "
            + $"Requested 16493, please reduce your message size and try again. {Upgrade}",
            "tokens",
            "rate_limit_exceeded")
        {
            Status = 413,
        };

    /// <summary>The wait in the text follows from the figures before it: (used + requested − limit) / limit × 60 s.</summary>
    public static GroqError RateLimit(FaultContext context)
    {
        var isNumber = double.TryParse(context.RetryAfter, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given);
        var wanted = isNumber ? given : 31.0125;
        var used = (int)Math.Round(wanted * TokensPerMinute / 60) + TokensPerMinute - Requested;
        var wait = TimeSpan.FromSeconds((used + Requested - TokensPerMinute) * 60.0 / TokensPerMinute);
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        return new(
            $"Rate limit reached for model `{context.Model}` in organization `{WireIds.Organisation}` {Tier}: Limit {TokensPerMinute}, "
            + $"Used {used}, Requested {Requested}. Please try again in {GoDuration.Format(wait)}. {Upgrade}",
            "tokens",
            "rate_limit_exceeded")
        {
            Status = 429,
            RetryAfter = context.RetryAfter switch
            {
                null => seconds.ToString(CultureInfo.InvariantCulture),
                "none" => null,
                var asGiven => asGiven,
            },
        };
    }
}
