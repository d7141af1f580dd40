using System.Text.Json.Serialization;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>The body of every error.</summary>
internal sealed record ErrorBody(GroqError Error);

/// <summary>One error. <see cref="StatusCode"/> is in the body of a mid-stream error only.</summary>
internal sealed record GroqError(string Message, string Type, string? Code = null, string? Param = null)
{
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>The HTTP status.</summary>
    [JsonIgnore]
    public int Status { get; init; } = StatusCodes.Status400BadRequest;

    /// <summary>The retry-after header, in seconds or as a test wants it.</summary>
    [JsonIgnore]
    public string? RetryAfter { get; init; }

    public string? FailedGeneration { get; init; }

    public int? StatusCode { get; init; }
}

/// <summary>Ends a request with an error.</summary>
internal sealed class GroqErrorException(GroqError error) : Exception(error.Message)
{
    public GroqErrorException(string message, string? param = null)
        : this(new GroqError(message, GroqError.InvalidRequest, Param: param))
    {
    }

    public GroqError Error { get; } = error;
}
