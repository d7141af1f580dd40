namespace TahoChat.Api.Telemetry;

/// <summary>Whether what people and models say may be in the spans of completions and tools.</summary>
public sealed record ContentCapture(bool IsOn)
{
    /// <summary>OpenTelemetry's own switch; only <c>true</c> turns it on. The AppHost does so in development.</summary>
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    internal static ContentCapture From(IConfiguration configuration) =>
        new(string.Equals(configuration[Variable]?.Trim(), "true", StringComparison.OrdinalIgnoreCase));
}
