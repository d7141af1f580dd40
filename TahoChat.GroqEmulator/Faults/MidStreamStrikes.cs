using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>How streams break.</summary>
internal static class MidStreamStrikes
{
    /// <summary>The transport drops what it has not sent when a connection is aborted.</summary>
    private static readonly TimeSpan _timeToArrive = TimeSpan.FromMilliseconds(50);

    /// <summary>An error in the middle, as seen on the wire; <c>status_code</c> is in its body.</summary>
    public static readonly GroqError MidStreamError =
        new("Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
            GroqError.InvalidRequest,
            "tool_use_failed")
        {
            FailedGeneration = "",
            StatusCode = StatusCodes.Status400BadRequest,
        };

    /// <summary><c>event: error</c>, and nothing after it.</summary>
    public static async Task ErrorEventAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        struck.Stream.ErrorEvent(MidStreamError);
        await struck.Stream.FlushAsync(cancellationToken);
    }

    /// <summary>A chunk whose <c>x_groq</c> holds an error.</summary>
    public static async Task XGroqErrorAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        struck.Stream.XGroqError("over capacity: the generation was stopped");
        await struck.Stream.FlushAsync(cancellationToken);
    }

    /// <summary>The connection is reset.</summary>
    public static async Task ResetAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        await Task.Delay(_timeToArrive, struck.Time, cancellationToken);
        struck.Http.Abort();
    }

    /// <summary>Silence until the client gives up.</summary>
    public static Task StallAsync(StrikeContext struck, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, struck.Time, cancellationToken);
}
