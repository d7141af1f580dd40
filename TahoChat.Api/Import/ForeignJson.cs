using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Import;

/// <summary>Reads JSON of another program: what has another type than expected is as good as absent.</summary>
internal static class ForeignJson
{
    // Later than any file of a chat can be; above are milliseconds, and above those nanoseconds.
    private const decimal LatestSeconds = 100_000_000_000;

    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ImportLimits.JsonDepth });

    /// <summary>A property; null where there is none, or it is null.</summary>
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Object(this JsonElement element, string name) => element.Get(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>A list's items; none where it is no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    public static bool Is(this JsonElement element, string name) => element.Get(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A text; null where it is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name) is { } value ? Text(value) : null;

    public static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
            reader.Read();
            return LenientJson.StringHere(in reader);
        }
    }

    /// <summary>A time: seconds, milliseconds or nanoseconds since 1970, or ISO 8601.</summary>
    public static DateTime? Time(this JsonElement element, string name)
    {
        if (element.Get(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)) return FromNumber(number);
        return Text(value) is { } text && DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    private static DateTime? FromNumber(decimal number)
    {
        while (number >= LatestSeconds) number /= 1000;
        return number <= 0 ? null : DateTime.UnixEpoch.AddTicks((long)(number * TimeSpan.TicksPerSecond));
    }
}
