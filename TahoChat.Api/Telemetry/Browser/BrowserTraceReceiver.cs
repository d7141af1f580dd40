using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Chat;
using TahoChat.Api.Errors;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Telemetry.Browser;

/// <summary>The answer to an export: empty, or how many spans were not taken and why.</summary>
internal sealed record TracesResponse(PartialSuccess? PartialSuccess);

/// <inheritdoc cref="TracesResponse"/>
internal sealed record PartialSuccess(long RejectedSpans, string ErrorMessage);

/// <summary>Takes the spans of pages: OTLP over HTTP in JSON, capped, reduced to what we know, sent on behind the answer.</summary>
internal sealed class BrowserTraceReceiver(TelemetrySettings settings, BrowserTraceForwarder forwarder, TimeProvider time) : IDisposable
{
    // OTLP's own names, which are not those of the rest of the interface; what is null is left out.
    private static readonly JsonSerializerOptions _otlp = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly PartitionedRateLimiter<string> _requests = PartitionedRateLimiter.Create<string, string>(client =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = BrowserTraceLimits.RequestsPerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / BrowserTraceLimits.RequestsPerMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    public async Task<Results<JsonHttpResult<TracesResponse>, ProblemHttpResult>> ReceiveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (settings.Traces is null) return Problems.NotFound("Spans go nowhere: no OTLP endpoint is configured.");
        using var lease = _requests.AttemptAcquire(ChatIdentity.Of(http).Client);
        if (!lease.IsAcquired) return TooMany(http, lease);
        if (!http.Request.HasJsonContentType() || http.Request.Headers.ContentEncoding.Count > 0)
            return Problems.Problem(StatusCodes.Status415UnsupportedMediaType, "The body has to be OTLP in JSON (application/json).");
        var body = await ReadAsync(http.Request, cancellationToken);
        try
        {
            var spans = BrowserSpans.Read(body.Span, time.GetUtcNow());
            if (spans.Accepted + spans.Rejected > BrowserTraceLimits.Spans)
                return Problems.Problem(StatusCodes.Status413PayloadTooLarge, $"At most {BrowserTraceLimits.Spans} spans at once, please.");
            forwarder.Take(spans);
            var partial = spans.Rejected == 0 ? null : new PartialSuccess(spans.Rejected, "Their times are not of today.");
            return TypedResults.Json(new TracesResponse(partial), _otlp);
        }
        catch (JsonException exception)
        {
            return Problems.BadRequest(exception.Message);
        }
    }

    public void Dispose() => _requests.Dispose();

    /// <exception cref="BadHttpRequestException">The body is larger than it may be (413), or breaks off.</exception>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = BrowserTraceLimits.Body;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static ProblemHttpResult TooMany(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}";
        return Problems.Problem(StatusCodes.Status429TooManyRequests, "Too many spans at once. Please wait a moment.");
    }
}
