namespace TahoChat.Bench.Load;

/// <summary>Reads the stamps of one reply's chunks from its text, however it was cut into frames, and counts delay, loss and order.</summary>
internal sealed class Stamps
{
    private State _state;
    private long _number;
    private long _stamp;
    private long _expected;

    private enum State
    {
        Outside,
        Number,
        Stamp,
    }

    /// <summary>When the first chunk was read, in microseconds of the monotonic clock; 0 before.</summary>
    public long FirstAt { get; private set; }

    /// <summary>When the last one was read.</summary>
    public long LastAt { get; private set; }

    /// <summary>Chunks that came.</summary>
    public long Count { get; private set; }

    /// <summary>Chunks between others that never came.</summary>
    public long Lost { get; private set; }

    /// <summary>Chunks that came after a later one, or twice.</summary>
    public long Misplaced { get; private set; }

    /// <summary>Microseconds from each write to its read, of the chunks that were read while <see cref="IsMeasuring"/>.</summary>
    public List<int> Delays { get; } = [];

    /// <summary>Whether delays are kept.</summary>
    public bool IsMeasuring { get; set; }

    /// <summary>Takes a piece of text that was read <paramref name="now"/>.</summary>
    public void Take(ReadOnlySpan<byte> text, long now)
    {
        foreach (var value in text)
        {
            switch (value)
            {
                case (byte)'#':
                    (_state, _number, _stamp) = (State.Number, 0, 0);
                    break;
                case (byte)':' when _state == State.Number:
                    _state = State.Stamp;
                    break;
                case (byte)' ' when _state == State.Stamp:
                    _state = State.Outside;
                    Take(now);
                    break;
                case >= (byte)'0' and <= (byte)'9':
                    if (_state == State.Number) _number = (_number * 10) + value - '0';
                    else if (_state == State.Stamp) _stamp = (_stamp * 10) + value - '0';
                    break;
            }
        }
    }

    /// <summary>The reply has ended; what is missing at its end is lost.</summary>
    public void End(long chunks) => Lost += Math.Max(0, chunks - _expected);

    private void Take(long now)
    {
        Count++;
        if (FirstAt == 0) FirstAt = now;
        LastAt = now;
        if (_number < _expected)
        {
            Misplaced++;
        }
        else
        {
            Lost += _number - _expected;
            _expected = _number + 1;
        }

        if (IsMeasuring) Delays.Add((int)Math.Min(int.MaxValue, now - _stamp));
    }
}
