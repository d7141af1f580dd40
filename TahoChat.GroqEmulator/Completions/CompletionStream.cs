using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Writes the events of one streamed completion. Nothing is sent before <see cref="FlushAsync"/>.</summary>
internal sealed class CompletionStream(PipeWriter output, TimeProvider time, string requestId, string model) : IDisposable
{
    private static readonly Delta _noDelta = new();
    private static readonly JsonWriterOptions _writerOptions = new() { Encoder = GroqEncoder.Instance, SkipValidation = true };

    private readonly Utf8JsonWriter _json = new(output, _writerOptions);
    private readonly string _id = WireIds.Completion();

    public void Role(int seed) =>
        Write(Chunk(new Delta(Role: "assistant", Content: "")) with { XGroq = new XGroq(requestId, seed) });

    public void Reasoning(string text, string? channel) => Write(Chunk(new Delta(Reasoning: text, Channel: channel)));

    public void Content(string text) => Write(Chunk(new Delta(Content: text)));

    /// <summary>A call comes whole, each in a chunk of its own.</summary>
    public void ToolCall(WireToolCall call, int index) => Write(Chunk(new Delta(ToolCalls: [call with { Index = index }])));

    public void Finish(string reason, Usage usage) =>
        Write(Chunk(_noDelta, reason) with { XGroq = new XGroq(requestId, Usage: usage), Usage = usage });

    public void Usage(Usage usage) => Write(Chunk(_noDelta) with { Choices = [], Usage = usage, ServiceTier = "on_demand" });

    public void Done() => output.Write("data: [DONE]\n\n"u8);

    public void XGroqError(object error) => Write(Chunk(_noDelta) with { XGroq = new XGroq(requestId, Error: error) });

    public void ErrorEvent(GroqError error)
    {
        output.Write("event: error\n"u8);
        Write(new ErrorBody(error));
    }

    public void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await output.FlushAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();

    private CompletionChunk Chunk(Delta delta, string? finishReason = null) => new(
        _id,
        "chat.completion.chunk",
        time.GetUtcNow().ToUnixTimeSeconds(),
        model,
        WireIds.Fingerprint,
        [new ChunkChoice(0, delta, FinishReason: finishReason)]);

    private void Write<T>(T data)
    {
        output.Write("data: "u8);
        _json.Reset(output);
        JsonSerializer.Serialize(_json, data, GroqJson.Options);
        _json.Flush();
        output.Write("\n\n"u8);
    }
}
