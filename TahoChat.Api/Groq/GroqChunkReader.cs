using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>The text that one chunk brought; both null where it brought none.</summary>
internal readonly record struct GroqChunk(string? Reasoning, string? Content);

/// <summary>Reads the chunks of one completion and remembers what they said about it. A whole completion and an error body
/// have the same shape and are read by it too.</summary>
internal sealed class GroqChunkReader
{
    private string? _id;
    private string? _requestId;
    private string? _model;
    private readonly GroqToolCallReader _toolCalls = new();
    private GroqUsage? _usage;

    /// <summary>Why the model stopped; null until it has.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>The provider's complaint; null while there is none.</summary>
    public GroqError? Error { get; private set; }

    /// <summary>The model that answers; null until the provider names it.</summary>
    public string? Model => _model;

    /// <summary>How the completion ended, once <see cref="FinishReason"/> is there.</summary>
    public GroqCompletion Completion(string? requestId) =>
        new(FinishReason!, _model, _requestId ?? requestId ?? _id, _usage) { ToolCalls = _toolCalls.Calls };

    /// <summary>Reads the data of an event, or a body.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public GroqChunk Read(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("\uFEFF"u8)) data = data[3..];
        // A NUL byte is not allowed in JSON; some relay's padding is no reason to lose the reply.
        if (data.Contains((byte)0)) data = data.ToArray().Where(value => value != 0).ToArray();
        var reader = LenientJson.Reader(data);
        var chunk = default(GroqChunk);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject) chunk = ReadRoot(ref reader);
        else if (reader.TokenType == JsonTokenType.String && eventType == "error") Error ??= new GroqError(LenientJson.StringHere(in reader));
        if (eventType == "error") Error ??= new GroqError();
        return chunk;
    }

    private GroqChunk ReadRoot(ref Utf8JsonReader reader)
    {
        var chunk = default(GroqChunk);
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "choices"u8)) chunk = ReadChoices(ref reader);
            else if (LenientJson.Is(in reader, "usage"u8)) ReadUsage(ref reader);
            else if (LenientJson.Is(in reader, "x_groq"u8)) ReadGroq(ref reader);
            else if (LenientJson.Is(in reader, "error"u8)) Error = GroqError.Read(ref reader) ?? Error;
            else if (_model is null && LenientJson.Is(in reader, "model"u8)) _model = LenientJson.Text(ref reader);
            else if (_id is null && LenientJson.Is(in reader, "id"u8)) _id = LenientJson.Text(ref reader);
            else reader.Skip();
        }

        return chunk;
    }

    private GroqChunk ReadChoices(ref Utf8JsonReader reader)
    {
        var chunk = default(GroqChunk);
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartArray)) return chunk;
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            // One choice is all that Groq gives (n is 1); a second one would be another reply.
            if (index == 0 && reader.TokenType == JsonTokenType.StartObject) chunk = ReadChoice(ref reader);
            else reader.Skip();
        }

        return chunk;
    }

    private GroqChunk ReadChoice(ref Utf8JsonReader reader)
    {
        var chunk = default(GroqChunk);
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "delta"u8) || LenientJson.Is(in reader, "message"u8)) chunk = ReadDelta(ref reader);
            else if (LenientJson.Is(in reader, "finish_reason"u8)) FinishReason = LenientJson.Text(ref reader) is { Length: > 0 } reason ? reason : FinishReason;
            else reader.Skip();
        }

        return chunk;
    }

    private GroqChunk ReadDelta(ref Utf8JsonReader reader)
    {
        var chunk = default(GroqChunk);
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartObject)) return chunk;
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "content"u8)) chunk = chunk with { Content = LenientJson.Text(ref reader) };
            else if (LenientJson.Is(in reader, "reasoning"u8) || LenientJson.Is(in reader, "reasoning_content"u8)) chunk = chunk with { Reasoning = LenientJson.Text(ref reader) ?? chunk.Reasoning };
            else if (LenientJson.Is(in reader, "tool_calls"u8)) _toolCalls.Read(ref reader);
            else reader.Skip();
        }

        return chunk;
    }

    private void ReadGroq(ref Utf8JsonReader reader)
    {
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartObject)) return;
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "usage"u8)) ReadUsage(ref reader);
            else if (LenientJson.Is(in reader, "error"u8)) Error = GroqError.Read(ref reader) ?? Error;
            else if (LenientJson.Is(in reader, "id"u8)) _requestId = LenientJson.Text(ref reader) ?? _requestId;
            else reader.Skip();
        }
    }

    // Groq sends the usage up to three times; the last one counts.
    private void ReadUsage(ref Utf8JsonReader reader) => _usage = GroqUsageReader.Read(ref reader) ?? _usage;
}
