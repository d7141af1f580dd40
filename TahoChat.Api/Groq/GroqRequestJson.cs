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
    public static ReadOnlyMemory<byte> Write(GroqRequest request, bool stream, GroqDialect? dialect = null)
    {
        bool Takes(string field) => dialect?.Takes(request.Model, field) is not false;
        var body = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(body, _options);
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        writer.WriteStartArray("messages"u8);
        foreach (var message in request.Messages) WriteMessage(writer, message);
        writer.WriteEndArray();
        if (request.Tools is { Count: > 0 } tools) WriteTools(writer, tools, request.ToolChoice);
        if (request.MaxCompletionTokens is { } tokens) writer.WriteNumber(Takes("max_completion_tokens") ? "max_completion_tokens"u8 : "max_tokens"u8, tokens);
        if (request.ReasoningEffort is { } effort && Takes("reasoning_effort")) writer.WriteString("reasoning_effort"u8, effort);
        if (request.Temperature is { } temperature && Takes("temperature")) writer.WriteNumber("temperature"u8, temperature);
        writer.WriteBoolean("stream"u8, stream);
        if (stream && Takes("stream_options"))
        {
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenMemory;
    }

    private static void WriteMessage(Utf8JsonWriter writer, GroqMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, message.Role);
        if (message.ToolCallId is { } id) writer.WriteString("tool_call_id"u8, id);
        if (message.Images is { Count: > 0 } images) WriteParts(writer, message.Content, images);
        else if (message is { ToolCalls.Count: > 0, Content: "" }) writer.WriteNull("content"u8);
        else writer.WriteString("content"u8, message.Content);
        if (message.ToolCalls is { Count: > 0 } calls) WriteToolCalls(writer, calls);
        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, string text, IReadOnlyList<string> images)
    {
        writer.WriteStartArray("content"u8);
        if (text.Length > 0)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }

        foreach (var image in images)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "image_url"u8);
            writer.WriteStartObject("image_url"u8);
            writer.WriteString("url"u8, image);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteToolCalls(Utf8JsonWriter writer, IReadOnlyList<GroqToolCall> calls)
    {
        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, call.Id);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WriteString("arguments"u8, call.Arguments);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter writer, IReadOnlyList<GroqTool> tools, string? choice)
    {
        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, tool.Name);
            writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("parameters"u8);
            tool.Parameters.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (choice is not null) writer.WriteString("tool_choice"u8, choice);
    }
}
