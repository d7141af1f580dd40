using System.Net;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Record;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator;

/// <summary>What every request to Groq's paths goes through: headers, key, record, errors.</summary>
internal sealed partial class RequestPipeline(
    EmulatorRecord record,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<RequestPipeline> logger)
{
    private const string RequestIdHeader = "x-request-id";

    public static string RequestId(HttpContext http) => http.Response.Headers[RequestIdHeader].ToString();

    public static RequestEntry Entry(HttpContext http) => http.Features.Get<RequestEntry>()!;

    /// <summary>Whether the request comes from this machine and names it: the emulator is for nobody else, a page that
    /// rebound its host name included.</summary>
    public static bool IsLocal(HttpContext http)
    {
        var host = http.Request.Host.Host;
        var isLocalName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named));
        return isLocalName && (http.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote));
    }

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var entry = record.Add(http.Request.Method, http.Request.Path);
        var clientGone = http.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clientGone, lifetime.ApplicationStopping);
        http.RequestAborted = either.Token;
        http.Features.Set(entry);
        http.Response.Headers[RequestIdHeader] = WireIds.Request();
        http.Response.Headers["x-groq-region"] = "offline";
        http.Response.OnStarting(() =>
        {
            entry.SetStatus(http.Response.StatusCode);
            return Task.CompletedTask;
        });
        var outcome = RequestOutcome.Answered;
        try
        {
            await AnswerAsync(http, next, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            outcome = clientGone.IsCancellationRequested ? RequestOutcome.Cancelled : RequestOutcome.Stopped;
            http.Abort();
        }

        entry.End(outcome, http.Response.StatusCode, time.GetUtcNow());
        Log.Ended(logger, http.Request.Method, http.Request.Path, http.Response.StatusCode, outcome);
    }

    private static async Task AnswerAsync(HttpContext http, RequestDelegate next, CancellationToken cancellationToken)
    {
        try
        {
            if (!CompletionEndpoint.IsAccepted(http.Request) && http.Request.Path != CompletionEndpoint.Path)
            {
                throw new GroqErrorException(AnswerErrors.InvalidKey);
            }

            await next(http);
        }
        catch (GroqErrorException exception)
        {
            await WriteAsync(http, exception.Error, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await WriteAsync(http, AnswerErrors.EntityTooLarge, cancellationToken);
        }
    }

    private static Task WriteAsync(HttpContext http, GroqError error, CancellationToken cancellationToken)
    {
        if (error.RetryAfter is { } retryAfter) http.Response.Headers.RetryAfter = retryAfter;
        if (error.Status == StatusCodes.Status401Unauthorized) RateLimitHeaders.Remove(http.Response.Headers);
        return GroqJson.WriteAsync(http, error.Status, new ErrorBody(error), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "{Method} {Path} answered {Status}, {Outcome}")]
        public static partial void Ended(ILogger logger, string method, PathString path, int status, RequestOutcome outcome);
    }
}
