using System.IO.Compression;

namespace TahoChat.Api.Import;

/// <summary>What a zip's entry unpacks to, held against what the zip's directory says of it: its length and its CRC-32.</summary>
internal sealed class EntryStream(Stream inner, ZipArchiveEntry entry) : Stream
{
    private readonly long _largest = Math.Min(entry.Length, SafeZip.Largest(entry));
    private long _count;
    private uint _crc = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Length;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public static ImportRefusedException Damaged(string name, Exception? inner = null) =>
        new($"{name} in the zip is cut off or damaged.", ImportRefusedException.Damaged, inner);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            return Took(buffer.Span, count);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(entry.FullName, exception);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private int Took(Span<byte> buffer, int count)
    {
        if (buffer.Length == 0) return count;
        _count += count;
        if (_count > _largest) throw new ImportRefusedException($"{entry.FullName} in the zip unpacks to more than it says.", ImportRefusedException.Bomb);
        _crc = Crc32.Add(_crc, buffer[..count]);
        if (count == 0 && (_count != entry.Length || ~_crc != entry.Crc32)) throw Damaged(entry.FullName);
        return count;
    }
}

/// <summary>ISO 3309, as zips have it.</summary>
internal static class Crc32
{
    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    })];

    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) crc = _table[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }
}
