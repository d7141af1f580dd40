using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Messages and tools in the shape of OpenTelemetry's schemas <c>gen-ai-input-messages.json</c>,
/// <c>gen-ai-output-messages.json</c> and <c>gen-ai-tool-definitions.json</c>.</summary>
internal static class GroqContentJson
{
    // Text outside ASCII stays as it is, as people are to read it.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A message that the model is given; <paramref name="cut"/> bounds each text.</summary>
    public static string Message(GroqMessage message, Func<string, string> cut) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, message.Role);
        writer.WriteStartArray("parts"u8);
        if (message.ToolCallId is { } id) WriteResult(writer, id, cut(message.Content));
        else if (message.Content.Length > 0) WriteText(writer, "text"u8, cut(message.Content));
        foreach (var image in message.Images ?? []) WritePicture(writer, image);
        foreach (var call in message.ToolCalls ?? []) WriteCall(writer, call, cut);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>What the model said; a <paramref name="finishReason"/> that did not come is <c>error</c>.</summary>
    public static string Output(
        string reasoning, string text, IReadOnlyList<GroqToolCall> calls, string? finishReason, Func<string, string> cut) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteStartArray("parts"u8);
        if (reasoning.Length > 0) WriteText(writer, "reasoning"u8, reasoning);
        if (text.Length > 0) WriteText(writer, "text"u8, text);
        foreach (var call in calls) WriteCall(writer, call, cut);
        writer.WriteEndArray();
        writer.WriteString("finish_reason"u8, finishReason switch
        {
            null => "error",
            "tool_calls" => "tool_call",
            _ => finishReason,
        });
        writer.WriteEndObject();
    });

    /// <summary>The tools that are offered.</summary>
    public static string Definitions(IReadOnlyList<GroqTool> tools, bool withSchemas) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteString("name"u8, tool.Name);
            if (withSchemas)
            {
                writer.WriteString("description"u8, tool.Description);
                writer.WritePropertyName("parameters"u8);
                tool.Parameters.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Arguments as the object that they are, or as the text that they are where they are none, or too long.</summary>
    public static void WriteArguments(Utf8JsonWriter writer, string arguments, Func<string, string> cut)
    {
        var bounded = cut(arguments);
        if (ReferenceEquals(bounded, arguments) && IsObject(arguments)) writer.WriteRawValue(arguments);
        else writer.WriteStringValue(bounded);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> type, string content)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString("content"u8, content);
        writer.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter writer, GroqToolCall call, Func<string, string> cut)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "tool_call"u8);
        writer.WriteString("id"u8, call.Id);
        writer.WriteString("name"u8, call.Name);
        writer.WritePropertyName("arguments"u8);
        WriteArguments(writer, call.Arguments, cut);
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, string id, string result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "tool_call_response"u8);
        writer.WriteString("id"u8, id);
        writer.WriteString("response"u8, result);
        writer.WriteEndObject();
    }

    /// <summary>A data URL, without its data.</summary>
    private static void WritePicture(Utf8JsonWriter writer, string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var head = url.AsSpan(0, Math.Max(0, comma));
        writer.WriteStartObject();
        writer.WriteString("type"u8, "uri"u8);
        writer.WriteString("modality"u8, "image"u8);
        if (head.StartsWith("data:") && head.IndexOf(';') is var end and > 5) writer.WriteString("mime_type"u8, head[5..end]);
        writer.WriteString("uri"u8, $"omitted:{(url.Length - comma - 1) / 4 * 3}-bytes");
        writer.WriteEndObject();
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, _options)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
