using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Reads JSON of a foreign server: what has another type than expected is as good as absent.</summary>
/// <remarks><see cref="Utf8JsonReader.GetString"/> throws on half of a surrogate pair and on invalid UTF-8; here the first
/// stays half a pair and the second becomes U+FFFD.</remarks>
internal static class LenientJson
{
    /// <summary>A reader of one whole value.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) =>
        new(json, new JsonReaderOptions { MaxDepth = 256, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    /// <summary>Steps to the next property of an object; false at its end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the property that the reader stands on has this name.</summary>
    public static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueSpan.SequenceEqual(name);

    /// <summary>Steps onto a property's value and says whether it is of this type; a value of another type is skipped.</summary>
    public static bool Enter(ref Utf8JsonReader reader, JsonTokenType type)
    {
        reader.Read();
        if (reader.TokenType == type) return true;
        reader.Skip();
        return false;
    }

    /// <summary>A property's text, or null.</summary>
    public static string? Text(ref Utf8JsonReader reader) =>
        Enter(ref reader, JsonTokenType.String) ? StringHere(in reader) : null;

    /// <summary>A property's number, or null.</summary>
    public static double? Number(ref Utf8JsonReader reader) =>
        Enter(ref reader, JsonTokenType.Number) && reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A property's count, or null.</summary>
    public static int? Count(ref Utf8JsonReader reader) =>
        Number(ref reader) is { } number ? (int)Math.Clamp(number, 0, int.MaxValue) : null;

    /// <summary>A property's texts, or null where it is not a list.</summary>
    public static IReadOnlyList<string>? Texts(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray)) return null;
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) texts.Add(StringHere(in reader));
            else reader.Skip();
        }

        return texts;
    }

    /// <summary>The text that the reader stands on.</summary>
    public static string StringHere(in Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..at]));
            // The reader has checked the escapes: \uXXXX or a single letter.
            var isCode = escaped[at + 1] == 'u';
            text.Append(isCode
                ? (char)ushort.Parse(escaped.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : Letter(escaped[at + 1]));
            escaped = escaped[(at + (isCode ? 6 : 2))..];
        }

        return text.Append(Encoding.UTF8.GetString(escaped)).ToString();
    }

    private static char Letter(byte letter) => (char)letter switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var other => other,
    };
}
