using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace TahoChat.Api.Errors;

/// <summary>Errors of the REST interface: problem details (RFC 9457) whose <c>detail</c> is a sentence for people.
/// Members are <c>type</c>, <c>title</c>, <c>status</c>, <c>detail</c>, <c>trace_id</c> and, where a client can act on it,
/// a stable <c>code</c> of <c>docs/protocol.md</c>.</summary>
public static class Problems
{
    /// <summary>400: the request makes no sense.</summary>
    public static ProblemHttpResult BadRequest(string detail, string? code = null) =>
        Problem(StatusCodes.Status400BadRequest, detail, code);

    /// <summary>404: there is no such thing.</summary>
    public static ProblemHttpResult NotFound(string detail, string? code = null) =>
        Problem(StatusCodes.Status404NotFound, detail, code);

    /// <summary>409: it contradicts what is there.</summary>
    public static ProblemHttpResult Conflict(string detail, string? code = null) =>
        Problem(StatusCodes.Status409Conflict, detail, code);

    /// <summary>422: a value is outside of what is allowed.</summary>
    public static ProblemHttpResult Invalid(string detail, string? code = null) =>
        Problem(StatusCodes.Status422UnprocessableEntity, detail, code);

    /// <summary>Any other status.</summary>
    public static ProblemHttpResult Problem(int status, string detail, string? code = null) =>
        TypedResults.Problem(Details(status, detail, code));

    /// <summary>Writes a problem as the whole response, whatever the client accepts.</summary>
    /// <param name="detail">Null: a sentence that fits the status.</param>
    public static Task WriteAsync(HttpContext context, int status, string? detail, CancellationToken cancellationToken) =>
        WriteAsync(context, status, detail, code: null, cancellationToken);

    /// <inheritdoc cref="WriteAsync(HttpContext, int, string?, CancellationToken)"/>
    public static Task WriteAsync(HttpContext context, int status, string? detail, string? code, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        var details = Details(status, detail, code);
        AddTraceId(context, details);
        return context.Response.WriteAsJsonAsync(details, options: null, "application/problem+json", cancellationToken);
    }

    /// <summary>Names the request's trace as the rest of the interface names things.</summary>
    internal static void AddTraceId(HttpContext context, ProblemDetails details)
    {
        details.Extensions.Remove("traceId");
        details.Extensions["trace_id"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
    }

    /// <summary>A problem as a value.</summary>
    internal static ProblemDetails Details(int status, string? detail, string? code)
    {
        var details = new ProblemDetails
        {
            Type = "about:blank",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail ?? Sentence(status),
        };
        if (code is not null) details.Extensions["code"] = code;
        return details;
    }

    private static string Sentence(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request could not be understood.",
        StatusCodes.Status401Unauthorized => "Sign in first.",
        StatusCodes.Status403Forbidden => "This is not allowed.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not know this method.",
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body has to be JSON (application/json).",
        StatusCodes.Status422UnprocessableEntity => "A value of the request is not valid.",
        StatusCodes.Status429TooManyRequests => "Too many requests. Please wait a moment.",
        >= StatusCodes.Status500InternalServerError => "Something went wrong on the server. Its log has the details.",
        _ => "The request could not be answered.",
    };
}
