using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Writes the body of a request. Groq answers a property that it does not know with 400, so there is none but
/// these.</summary>
internal static class GroqRequestJson
{
    // Text outside ASCII stays as it is: escaped it would be twice as long. Half a surrogate pair becomes U+FFFD.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(GroqRequest request, bool stream)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(body, _options);
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        writer.WriteStartArray("messages"u8);
        foreach (var message in request.Messages)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, message.Role);
            writer.WriteString("content"u8, message.Content);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (request.MaxCompletionTokens is { } tokens) writer.WriteNumber("max_completion_tokens"u8, tokens);
        if (request.ReasoningEffort is { } effort) writer.WriteString("reasoning_effort"u8, effort);
        if (request.Temperature is { } temperature) writer.WriteNumber("temperature"u8, temperature);
        writer.WriteBoolean("stream"u8, stream);
        if (stream)
        {
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenMemory;
    }
}
