using Microsoft.AspNetCore.Diagnostics;

namespace TahoChat.Api.Data;

/// <summary>A write of which nothing was kept, told over REST: 503 with the code.</summary>
internal sealed class DatabaseExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DatabaseException { Code: not "internal" } failure) return false;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails =
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Detail = failure.Message,
                Extensions = { ["code"] = failure.Code },
            },
        });
    }
}
