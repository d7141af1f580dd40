using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>What the provider said about a failure, in its own words: for the log, redacted, and never for people.</summary>
internal sealed record GroqError(string? Message = null, string? Type = null, string? Code = null, int? Status = null)
{
    /// <summary>Reads the value of an <c>error</c> property, a string or an object; null where it is null.</summary>
    public static GroqError? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null or JsonTokenType.False:
                return null;
            case JsonTokenType.String:
                return new GroqError(LenientJson.StringHere(in reader));
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            default:
                reader.Skip();
                return new GroqError();
        }
    }

    private static GroqError ReadObject(ref Utf8JsonReader reader)
    {
        var error = new GroqError();
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "message"u8)) error = error with { Message = LenientJson.Text(ref reader) };
            else if (LenientJson.Is(in reader, "type"u8)) error = error with { Type = LenientJson.Text(ref reader) };
            else if (LenientJson.Is(in reader, "code"u8)) error = error with { Code = LenientJson.Text(ref reader) };
            else if (LenientJson.Is(in reader, "status_code"u8)) error = error with { Status = LenientJson.Count(ref reader) };
            else reader.Skip();
        }

        return error;
    }
}
