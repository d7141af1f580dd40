using System.Text.Json;

namespace TahoChat.Tests.GroqEmulator;

/// <summary>A whole stream as it came.</summary>
internal sealed class StreamTranscript
{
    private const string Data = "data: ";

    public StreamTranscript(string raw)
    {
        Raw = raw;
        Events = [.. raw.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];
        var chunks = Events.Where(line => line.StartsWith(Data + "{", StringComparison.Ordinal));
        Chunks = [.. chunks.Select(line => JsonElement.Parse(line[Data.Length..]))];
    }

    public string Raw { get; }

    /// <summary>The events without the empty line that ends each.</summary>
    public IReadOnlyList<string> Events { get; }

    /// <summary>The data of all unnamed events but <c>[DONE]</c>.</summary>
    public IReadOnlyList<JsonElement> Chunks { get; }

    public bool IsDone => Events[^1] == Data + "[DONE]";

    public string Content => string.Concat(Deltas("content"));

    public string Reasoning => string.Concat(Deltas("reasoning"));

    public string? FinishReason =>
        Choices.Select(choice => choice.GetProperty("finish_reason").GetString()).LastOrDefault(reason => reason is not null);

    private IEnumerable<JsonElement> Choices => Chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray());

    /// <summary>What the chunks add to a field, one item a chunk.</summary>
    public IEnumerable<string> Deltas(string field) =>
        from choice in Choices
        let delta = choice.GetProperty("delta")
        where !delta.TryGetProperty("role", out _) && delta.TryGetProperty(field, out _)
        select delta.GetProperty(field).GetString();
}
