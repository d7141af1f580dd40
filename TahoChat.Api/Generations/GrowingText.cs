namespace TahoChat.Api.Generations;

/// <summary>A text that only grows, counted in UTF-16 code units and valid at every length: a high surrogate at the end
/// of a piece waits for its other half, a lone half becomes U+FFFD, NUL is dropped. Not thread-safe.</summary>
internal sealed class GrowingText
{
    private const char Replacement = '\uFFFD';

    private char[] _buffer = new char[256];
    private char _waitingHigh;

    /// <summary>Never inside a surrogate pair.</summary>
    public int Length { get; private set; }

    public void Append(ReadOnlySpan<char> piece)
    {
        // At most one unit more than the piece: the half that waited from the piece before.
        EnsureRoom(piece.Length + 1);
        foreach (var unit in piece)
        {
            if (unit == '\0') continue;
            if (_waitingHigh != '\0')
            {
                var high = _waitingHigh;
                _waitingHigh = '\0';
                if (char.IsLowSurrogate(unit))
                {
                    Add(high);
                    Add(unit);
                    continue;
                }

                Add(Replacement);
            }

            if (char.IsHighSurrogate(unit)) _waitingHigh = unit;
            else Add(char.IsLowSurrogate(unit) ? Replacement : unit);
        }
    }

    /// <summary>Nothing more will come: half a pair that waited is replaced.</summary>
    public void Finish()
    {
        if (_waitingHigh == '\0') return;
        _waitingHigh = '\0';
        EnsureRoom(1);
        Add(Replacement);
    }

    /// <summary>The text from <paramref name="offset"/> on, at most <paramref name="max"/> units (one less where that
    /// would end inside a pair).</summary>
    public string Slice(int offset, int max = int.MaxValue)
    {
        var count = Math.Min(Length - offset, max);
        if (count <= 0) return "";
        if (offset + count < Length && char.IsHighSurrogate(_buffer[offset + count - 1])) count--;
        return new string(_buffer, offset, count);
    }

    /// <summary>The nearest offset that exists: not negative, not past the end, not inside a pair.</summary>
    public int Clamp(int offset)
    {
        var inside = Math.Clamp(offset, 0, Length);
        return inside > 0 && inside < Length && char.IsLowSurrogate(_buffer[inside]) ? inside - 1 : inside;
    }

    private void EnsureRoom(int more)
    {
        if (Length + more > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + more));
    }

    private void Add(char unit) => _buffer[Length++] = unit;
}
