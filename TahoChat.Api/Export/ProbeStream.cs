using System.IO.Compression;

namespace TahoChat.Api.Export;

/// <summary>Keeps what is written to it as long as that is little; of more it finds out how far it can be compressed. An import
/// takes nothing that is packed a hundred times smaller than it is, so that what would be is to be stored as it is.</summary>
internal sealed class ProbeStream : Stream
{
    /// <summary>What is kept; no more than an import lets pass unasked.</summary>
    public const int Kept = 1024 * 1024;

    /// <summary>Somewhat less than an import takes.</summary>
    private const int LargestRatio = 80;

    private readonly MemoryStream _start = new();
    private CountingStream? _packed;
    private DeflateStream? _deflate;
    private long _length;

    /// <summary>All that was written; null where that is too much.</summary>
    // A bare null would become an empty memory, as a null array does.
    public ReadOnlyMemory<byte>? Whole => _deflate is null ? _start.GetBuffer().AsMemory(0, (int)_start.Length) : default(ReadOnlyMemory<byte>?);

    /// <summary>How the whole is to be written to a zip.</summary>
    public CompressionLevel Level
    {
        get
        {
            _deflate!.Flush();
            return _length > _packed!.Count * LargestRatio ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public void Restart()
    {
        _start.SetLength(0);
        _deflate?.Dispose();
        _deflate = null;
        _length = 0;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        if (_deflate is null && _length <= Kept)
        {
            _start.Write(buffer);
            return;
        }

        if (_deflate is null)
        {
            _deflate = new DeflateStream(_packed = new CountingStream(), CompressionLevel.Fastest);
            _deflate.Write(_start.GetBuffer().AsSpan(0, (int)_start.Length));
        }

        _deflate.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _deflate?.Dispose();
            _start.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Count { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Count += buffer.Length;

        public override void Write(byte[] buffer, int offset, int count) => Count += count;
    }
}
