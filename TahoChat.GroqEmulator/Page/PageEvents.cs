using System.Text.Json;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.GroqEmulator.Page;

/// <summary>Sends the page what changed, as server-sent events: a <c>state</c> with everything first, then with the requests
/// that changed.</summary>
internal sealed class PageEvents(EmulatorRecord record, FaultSwitch faults, RateLimiter limiter, IHostApplicationLifetime lifetime)
{
    /// <summary>Often enough to look live.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <summary>What is used refills all the time; the page is told once a second.</summary>
    private const int PausesBetweenLimits = 5;

    public async Task WriteAsync(HttpContext http)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await WriteAsync(http.Response, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the emulator stops: there is no other end.
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var (seen, generation, shown, limits) = (0L, -1, (ArmedFault?)null, "");
        for (var turn = 0; ; turn++)
        {
            var (version, current, requests) = record.ChangedSince(seen);
            var (armed, now) = (faults.Armed, turn % PausesBetweenLimits == 0 ? Write(PageLimits.Of(limiter)) : limits);
            if (current != generation || requests.Count > 0 || armed != shown || now != limits)
            {
                var list = turn == 0 ? FaultCatalog.All : null;
                var state = new PageState(
                    record.Posts, armed, list, PageLimits.Of(limiter), current != generation, [.. requests.Select(PageRequest.Of)]);
                await response.WriteAsync($"event: state\ndata: {Write(state)}\n\n", cancellationToken);
                (seen, generation, shown, limits) = (version, current, armed, now);
            }

            await Task.Delay(_pause, cancellationToken);
        }
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, PageState.Json);
}
