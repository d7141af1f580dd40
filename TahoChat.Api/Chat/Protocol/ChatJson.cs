using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat.Protocol;

/// <summary>The JSON of the WebSocket: snake_case, nothing that is null, text as it is.</summary>
[JsonSerializable(typeof(ClientFrame))]
[JsonSerializable(typeof(ServerEvent))]
internal sealed partial class ChatJsonContext : JsonSerializerContext
{
    /// <summary>One set of options for every frame. A frame is no HTML: only what JSON asks for is escaped.</summary>
    public static ChatJsonContext Frames { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = Limits.JsonDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    });
}

/// <summary>Reads and writes frames.</summary>
internal static class ChatFrames
{
    /// <summary>The command of a frame, or null where it is not JSON or no command of ours.</summary>
    public static Command? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, ChatJsonContext.Frames.ClientFrame)?.ToCommand();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, escaped.
            return null;
        }
    }

    public static byte[] Write(ServerEvent frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ChatJsonContext.Frames.ServerEvent);
}
