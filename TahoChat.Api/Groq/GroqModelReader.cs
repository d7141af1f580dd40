using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Reads the provider's list of models.</summary>
internal static class GroqModelReader
{
    /// <summary>The models in the provider's order; entries without an id are left out.</summary>
    /// <exception cref="JsonException">The body is no list of models.</exception>
    public static IReadOnlyList<GroqModel> Read(ReadOnlySpan<byte> body)
    {
        var reader = LenientJson.Reader(body);
        IReadOnlyList<GroqModel>? models = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (LenientJson.NextProperty(ref reader))
            {
                if (LenientJson.Is(in reader, "data"u8) && LenientJson.Enter(ref reader, JsonTokenType.StartArray)) models = ReadList(ref reader);
                else reader.Skip();
            }
        }

        return models ?? throw new JsonException("No list of models.");
    }

    private static List<GroqModel> ReadList(ref Utf8JsonReader reader)
    {
        var models = new List<GroqModel>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) reader.Skip();
            else if (ReadModel(ref reader) is { Id.Length: > 0 } model) models.Add(model);
        }

        return models;
    }

    private static GroqModel ReadModel(ref Utf8JsonReader reader)
    {
        var model = new GroqModel("");
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "id"u8)) model = model with { Id = LenientJson.Text(ref reader) ?? "" };
            else if (LenientJson.Is(in reader, "name"u8)) model = model with { Name = LenientJson.Text(ref reader) };
            else if (LenientJson.Is(in reader, "owned_by"u8)) model = model with { OwnedBy = LenientJson.Text(ref reader) };
            else if (LenientJson.Is(in reader, "active"u8)) model = model with { Active = !LenientJson.Enter(ref reader, JsonTokenType.False) };
            else if (LenientJson.Is(in reader, "context_window"u8)) model = model with { ContextWindow = LenientJson.Count(ref reader) };
            else if (LenientJson.Is(in reader, "max_completion_tokens"u8)) model = model with { MaxCompletionTokens = LenientJson.Count(ref reader) };
            else if (LenientJson.Is(in reader, "input_modalities"u8)) model = model with { InputModalities = LenientJson.Texts(ref reader) };
            else if (LenientJson.Is(in reader, "output_modalities"u8)) model = model with { OutputModalities = LenientJson.Texts(ref reader) };
            else if (LenientJson.Is(in reader, "supported_features"u8)) model = model with { Features = LenientJson.Texts(ref reader) };
            else reader.Skip();
        }

        return model;
    }
}
