using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Export;

/// <summary>The JSON of an export: snake_case, what is null left out, times in UTC to 100 ns.</summary>
internal static class ExportJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = Limits.JsonDepth,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new UtcTime() },
    };

    private static readonly JsonWriterOptions _writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How much is put together before it is handed to the stream.</summary>
    private const int FlushAt = 32 * 1024;

    /// <summary>Writes a conversation without holding its messages: those of <paramref name="head"/> are null.</summary>
    public static async Task WriteAsync(
        Stream stream, PortableConversation head, IAsyncEnumerable<PortableMessage> messages, CancellationToken cancellationToken)
    {
        await using var json = new JsonTarget(stream, _writer);
        await WriteAsync(json, head, messages, cancellationToken);
        await json.FlushAsync(cancellationToken);
    }

    /// <summary>The same as a value of a larger whole.</summary>
    public static async Task WriteAsync(
        JsonTarget target, PortableConversation head, IAsyncEnumerable<PortableMessage> messages, CancellationToken cancellationToken)
    {
        var json = target.Json;
        json.WriteStartObject();
        foreach (var property in JsonSerializer.SerializeToElement(head with { Messages = null }, Options).EnumerateObject()) property.WriteTo(json);
        json.WriteStartArray("messages");
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            JsonSerializer.Serialize(json, message, Options);
            if (target.Waiting > FlushAt) await target.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static JsonTarget To(Stream stream) => new(stream, _writer);

    private sealed class UtcTime : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTime() is { Kind: DateTimeKind.Unspecified } bare
                ? DateTime.SpecifyKind(bare, DateTimeKind.Utc)
                : reader.GetDateTime().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
