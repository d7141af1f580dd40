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

    /// <summary>An error of a service that is full, which names the organisation.</summary>
    public const string Overloaded =
        $$$"""{"error":{"message":"The service of `{{{WireIds.Organisation}}}` is over capacity","type":"internal_server_error","code":"overloaded","status_code":503}}""";

    /// <summary>The connection is reset.</summary>
    public static async Task ResetAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        await Task.Delay(_timeToArrive, struck.Time, cancellationToken);
        struck.Http.Abort();
    }

    /// <summary>A chunk with this delta and finish reason, both as JSON.</summary>
    public static string Chunk(string model, string delta, string finishReason = "null", string more = "") =>
        $$$"""data: {"id":"chatcmpl-odd","object":"chat.completion.chunk","created":1786530113,"model":"{{{model}}}","choices":[{"index":0,"delta":{{{delta}}},"logprobs":null,"finish_reason":{{{finishReason}}}}]{{{more}}}}"""
        + "\n\n";

    /// <summary>A chunk with this content.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="content">As it stands between the quotes in JSON.</param>
    public static string Content(string model, string content) => Chunk(model, $$"""{"content":"{{content}}"}""");
}
