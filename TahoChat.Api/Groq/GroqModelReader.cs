using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Reads the provider's list of models.</summary>
internal static class GroqModelReader
{
    /// <summary>The models in the provider's order; entries without an id are left out.</summary>
    /// <remarks>Also a bare list, and Ollama's own <c>models</c>; its <c>data</c> is null where it has none.</remarks>
    /// <exception cref="JsonException">The body is no list of models.</exception>
    public static IReadOnlyList<GroqModel> Read(ReadOnlySpan<byte> body)
    {
        var reader = LenientJson.Reader(body);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => ReadList(ref reader),
            JsonTokenType.StartObject => ReadRoot(ref reader),
            _ => null,
        } ?? throw new JsonException("No list of models.");
    }

    private static IReadOnlyList<GroqModel>? ReadRoot(ref Utf8JsonReader reader)
    {
        IReadOnlyList<GroqModel>? data = null, models = null;
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "data"u8)) data = ReadValue(ref reader);
            else if (LenientJson.Is(in reader, "models"u8)) models = ReadValue(ref reader);
            else reader.Skip();
        }

        return data ?? models;
    }

    private static List<GroqModel>? ReadValue(ref Utf8JsonReader reader) =>
        LenientJson.Enter(ref reader, JsonTokenType.StartArray) ? ReadList(ref reader) : reader.TokenType == JsonTokenType.Null ? [] : null;

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
            else if (LenientJson.Is(in reader, "model"u8) && model.Id.Length == 0) model = model with { Id = LenientJson.Text(ref reader) ?? "" };
            else if (IsContextWindow(in reader)) model = model with { ContextWindow = LenientJson.Count(ref reader) };
            else if (LenientJson.Is(in reader, "max_completion_tokens"u8)) model = model with { MaxCompletionTokens = LenientJson.Count(ref reader) };
            else if (LenientJson.Is(in reader, "input_modalities"u8)) model = model with { InputModalities = LenientJson.Texts(ref reader) };
            else if (LenientJson.Is(in reader, "output_modalities"u8)) model = model with { OutputModalities = LenientJson.Texts(ref reader) };
            else if (LenientJson.Is(in reader, "supported_features"u8)) model = model with { Features = LenientJson.Texts(ref reader) };
            else if (LenientJson.Is(in reader, "meta"u8)) model = model with { ContextWindow = ReadMeta(ref reader) ?? model.ContextWindow };
            else reader.Skip();
        }

        return model.Id.Length > 0 ? model : model with { Id = model.Name ?? "" };
    }

    // Groq, vLLM, and what LM Studio and others call it.
    private static bool IsContextWindow(in Utf8JsonReader reader) =>
        LenientJson.Is(in reader, "context_window"u8) || LenientJson.Is(in reader, "max_model_len"u8)
        || LenientJson.Is(in reader, "context_length"u8) || LenientJson.Is(in reader, "max_context_length"u8);

    // llama.cpp: what the server was started with, else what the model was trained with.
    private static int? ReadMeta(ref Utf8JsonReader reader)
    {
        int? started = null, trained = null;
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartObject)) return null;
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "n_ctx"u8)) started = LenientJson.Count(ref reader);
            else if (LenientJson.Is(in reader, "n_ctx_train"u8)) trained = LenientJson.Count(ref reader);
            else reader.Skip();
        }

        return started ?? trained;
    }
}
