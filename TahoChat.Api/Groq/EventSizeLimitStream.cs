namespace TahoChat.Api.Groq;

/// <summary>Passes a stream of server-sent events through and fails once an event is longer than it may be: the parser
/// above it keeps a line, and the lines of an event, until they end, however long that takes.</summary>
internal sealed class EventSizeLimitStream(Stream inner, int limit) : Stream
{
    private int _eventLength;
    private int _lineLength;
    private byte _previous;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">More than the limit came without a blank line.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Count(buffer.Span[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        foreach (var current in bytes)
        {
            if (current is (byte)'\n' && _previous is (byte)'\r')
            {
                // The second half of CR LF ends no line of its own.
            }
            else if (current is (byte)'\n' or (byte)'\r')
            {
                if (_lineLength == 0) _eventLength = 0;
                _lineLength = 0;
            }
            else
            {
                _lineLength++;
            }

            _previous = current;
            if (++_eventLength > limit) throw new InvalidDataException($"An event is longer than {limit} bytes.");
        }
    }
}
