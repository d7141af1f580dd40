using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TahoChat.Api.Tools;

/// <summary>Tool calls as the database keeps them: a JSON list, snake_case.</summary>
internal static class ToolCallJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>For the column of a message.</summary>
    public static ValueConverter<IReadOnlyList<ToolCall>?, string?> Converter { get; } =
        new(calls => Write(calls), text => Read(text));

    public static ValueComparer<IReadOnlyList<ToolCall>?> Comparer { get; } =
        new((one, other) => Write(one) == Write(other), calls => (Write(calls) ?? "").GetHashCode(StringComparison.Ordinal), calls => calls);

    /// <summary>Null where there is none.</summary>
    public static string? Write(IReadOnlyList<ToolCall>? calls) =>
        calls is { Count: > 0 } ? JsonSerializer.Serialize(calls, _options) : null;

    private static List<ToolCall>? Read(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<List<ToolCall>>(text, _options);
}
