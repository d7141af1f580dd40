using System.Buffers;
using System.Text.Json;

namespace TahoChat.Api.Export;

/// <summary>JSON on its way to a stream that takes nothing synchronously: the serializer flushes its writer so after each value.</summary>
internal sealed class JsonTarget : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Stream _stream;

    public JsonTarget(Stream stream, JsonWriterOptions options) => (_stream, Json) = (stream, new Utf8JsonWriter(_buffer, options));

    public Utf8JsonWriter Json { get; }

    /// <summary>Bytes that are not in the stream yet.</summary>
    public int Waiting => _buffer.WrittenCount + Json.BytesPending;

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Json.FlushAsync(cancellationToken);
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    /// <summary>What was not flushed is not written.</summary>
    public ValueTask DisposeAsync() => Json.DisposeAsync();
}
