namespace TahoChat.GroqEmulator.Record;

/// <summary>How a request went.</summary>
public enum RequestOutcome
{
    /// <summary>It is still being answered.</summary>
    Running,

    /// <summary>It was answered to its end; a fault is an end too.</summary>
    Answered,

    /// <summary>The client went away before that.</summary>
    Cancelled,

    /// <summary>The emulator stopped before that.</summary>
    Stopped,
}

/// <summary>One request as it is known now.</summary>
/// <param name="Number">Counts from 1 over all requests since the start.</param>
/// <param name="Model">As the request named it, directives included; null where it named none.</param>
/// <param name="Status">The HTTP status, 0 before there is one.</param>
/// <param name="Stream">Whether it asked for a stream.</param>
/// <param name="Body">The body's first bytes as text.</param>
/// <param name="BodyBytes">The length of the whole body.</param>
/// <param name="BodySha256">Of the whole body, lower-case hexadecimal.</param>
/// <param name="Attempt">1 for the first post of this body, 2 for the second.</param>
/// <param name="Fault">The fault that struck, by name.</param>
/// <param name="TokensSent">Tokens written, reasoning and content.</param>
/// <param name="CancelSeen">Whether the client went away before the end.</param>
/// <param name="CancelSeenAt">When.</param>
/// <param name="EndedAt">When the answer was over, however; null while it is not.</param>
public sealed record RecordedRequest(
    long Number,
    DateTimeOffset Time,
    string Method,
    string Path,
    string? Model,
    int Status,
    bool Stream,
    string Body,
    int BodyBytes,
    string BodySha256,
    int Attempt,
    string? Fault,
    int TokensSent,
    RequestOutcome Outcome,
    bool CancelSeen,
    DateTimeOffset? CancelSeenAt,
    DateTimeOffset? EndedAt);
