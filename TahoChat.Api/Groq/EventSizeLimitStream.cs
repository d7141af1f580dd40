using System.Buffers;
using System.Diagnostics;

namespace TahoChat.Api.Groq;

/// <summary>Passes a stream of server-sent events through, in larger reads than its parser's, and fails once an event is longer than it may be:
/// the parser keeps a line, and the lines of an event, until they end, however long that takes. Where sixty to some four thousand events come a
/// second, it reads all that came every 15 ms: nobody sees the difference, and a chunk costs a fraction.</summary>
internal sealed class EventSizeLimitStream(Stream inner, int limit) : Stream
{
    /// <summary>Bytes of a read: some 30 events of Groq's.</summary>
    private const int ReadSize = 8 * 1024;

    /// <summary>A read of fewer bytes was all there was: the HTTP client reads 4 KiB at a time.</summary>
    private const int AllThereIs = 2 * 1024;

    /// <summary>Events that are passed on as they come, so that the first words are there at once.</summary>
    private const int Unpaced = 8;

    /// <summary>Events between two reads, above which there is no pace either: while nothing is read, the sender's window may be full.</summary>
    private const int TooMany = 64;

    private static readonly TimeSpan _pace = TimeSpan.FromMilliseconds(15);

    /// <summary>The mean time between two events from which on there is no pace.</summary>
    private static readonly TimeSpan _slow = TimeSpan.FromMilliseconds(16);

    private byte[] _buffer = [];
    private int _at;
    private int _end;
    private long _readAt;
    private int _events;
    private int _eventsBefore;
    private bool _wasFast;
    private bool _tookAll;
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
        if (_at == _end) await FillAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _end - _at);
        var read = _buffer.AsMemory(_at, count);
        Count(read.Span);
        read.CopyTo(buffer);
        _at += count;
        if (_at == _end) Return();
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            Return();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (Pause() is { Ticks: > 0 } pause) await Task.Delay(pause, cancellationToken);
        _buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        (_at, _end) = (0, await inner.ReadAsync(_buffer, cancellationToken));
        _tookAll = _end < AllThereIs;
        if (_end == 0) Return();
    }

    /// <summary>How long to wait before the next read.</summary>
    private TimeSpan Pause()
    {
        // Who is behind does not wait.
        if (!_tookAll) return TimeSpan.Zero;
        var now = Stopwatch.GetTimestamp();
        var (gap, came) = (Stopwatch.GetElapsedTime(_readAt, now), _events - _eventsBefore);
        (_readAt, _eventsBefore) = (now, _events);
        var isFast = gap < _slow * came;
        // One quick event may be chance.
        var paces = isFast && _wasFast && _events > Unpaced && came < TooMany && gap < _pace;
        _wasFast = isFast;
        if (!paces) return TimeSpan.Zero;
        _readAt = now + (long)((_pace - gap).TotalSeconds * Stopwatch.Frequency);
        return _pace - gap;
    }

    private void Return()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _at, _end) = ([], 0, 0);
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
                if (_lineLength == 0)
                {
                    _eventLength = 0;
                    _events++;
                }

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
