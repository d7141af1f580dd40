using Microsoft.AspNetCore.Diagnostics;
using TahoChat.Api.Data;

namespace TahoChat.Api.Errors;

/// <summary>Turns what was thrown into problem details: unreadable values into 422, a write of which nothing was kept into
/// 503 with its code, everything unforeseen into a 500 that tells the log everything and the client nothing.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            var status = bad.StatusCode is StatusCodes.Status400BadRequest ? StatusCodes.Status422UnprocessableEntity : bad.StatusCode;
            await Problems.WriteAsync(httpContext, status, BindingErrors.Describe(bad), cancellationToken);
            return true;
        }

        if (exception is DatabaseException { Code: not "internal" } refused)
        {
            httpContext.Response.Headers.RetryAfter = "1";
            await Problems.WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable, refused.Message, refused.Code, cancellationToken);
            return true;
        }

        Log.RequestFailed(logger, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName, exception);
        await Problems.WriteAsync(httpContext, StatusCodes.Status500InternalServerError, detail: null, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(111, LogLevel.Error, "{Method} {Endpoint} failed")]
        public static partial void RequestFailed(ILogger logger, string method, string? endpoint, Exception exception);
    }
}
