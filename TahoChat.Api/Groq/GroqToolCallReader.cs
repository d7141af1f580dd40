using System.Globalization;
using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Puts the tool calls of a completion together. Groq sends each whole in one chunk; other servers send a call's
/// arguments in pieces that share its <c>index</c>, as OpenAI does.</summary>
internal sealed class GroqToolCallReader
{
    /// <summary>More than this many calls at once are no answer, but a fault.</summary>
    private const int Most = 128;

    private readonly SortedDictionary<int, GroqToolCall> _calls = [];

    /// <summary>The calls so far that have a name; null where there is none.</summary>
    public IReadOnlyList<GroqToolCall>? Calls =>
        _calls.Values.Where(call => call.Name.Length > 0).ToList() is { Count: > 0 } calls ? calls : null;

    /// <summary>Reads the value of a <c>tool_calls</c> property.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartArray)) return;
        for (var place = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; place++)
        {
            if (reader.TokenType == JsonTokenType.StartObject) ReadCall(ref reader, place);
            else reader.Skip();
        }
    }

    private void ReadCall(ref Utf8JsonReader reader, int place)
    {
        var (index, id, name, arguments) = (place, "", "", "");
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "index"u8)) index = LenientJson.Count(ref reader) ?? index;
            else if (LenientJson.Is(in reader, "id"u8)) id = LenientJson.Text(ref reader) ?? id;
            else if (LenientJson.Is(in reader, "function"u8)) (name, arguments) = ReadFunction(ref reader);
            else reader.Skip();
        }

        if (_calls.Count >= Most && !_calls.ContainsKey(index)) return;
        var known = _calls.GetValueOrDefault(index);
        _calls[index] = new GroqToolCall(
            First(known?.Id, id, $"call_{index.ToString(CultureInfo.InvariantCulture)}"),
            First(known?.Name, name, ""),
            known is null ? arguments : known.Arguments + arguments);
    }

    private static (string Name, string Arguments) ReadFunction(ref Utf8JsonReader reader)
    {
        var (name, arguments) = ("", "");
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartObject)) return (name, arguments);
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, "name"u8)) name = LenientJson.Text(ref reader) ?? name;
            else if (LenientJson.Is(in reader, "arguments"u8)) arguments = LenientJson.Text(ref reader) ?? arguments;
            else reader.Skip();
        }

        return (name, arguments);
    }

    private static string First(string? known, string now, string otherwise) =>
        !string.IsNullOrEmpty(known) && known != otherwise ? known : now.Length > 0 ? now : otherwise;
}
