using System.Buffers.Binary;

namespace TahoChat.Api.Import;

/// <summary>Looks at the end of a zip before its directory is read, which is read as a whole: how much that is. Source: APPNOTE.TXT
/// 6.3.10, 4.3.14 to 4.3.16.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorLength = 20;
    private const int End64Length = 56;

    /// <exception cref="ImportRefusedException">There is no end, or the directory is too large.</exception>
    public static void Check(FileStream file, ImportLimits limits)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        Read(file, file.Length - tail.Length, tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndLength) throw CutOff();
        var end = tail.AsSpan(at);
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long begin = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var endAt = file.Length - tail.Length + at;
        if (entries == ushort.MaxValue || begin == uint.MaxValue) (entries, begin) = Read64(file, endAt);
        file.Position = 0;
        if (begin < 0 || begin > endAt) throw CutOff();
        if (entries < 0 || entries > limits.Entries || endAt - begin > ImportLimits.Directory)
            throw new ImportRefusedException($"The zip has more than {limits.Entries} files.", ImportRefusedException.Bomb);
    }

    private static (long Entries, long Begin) Read64(FileStream file, long endAt)
    {
        var locator = new byte[LocatorLength];
        Read(file, endAt - LocatorLength, locator);
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8)) throw CutOff();
        var end = new byte[End64Length];
        Read(file, BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8)), end);
        if (!end.AsSpan().StartsWith("PK\u0006\u0006"u8)) throw CutOff();
        return (BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(48)));
    }

    private static void Read(FileStream file, long position, byte[] buffer)
    {
        if (position < 0 || position > file.Length - buffer.Length) throw CutOff();
        file.Position = position;
        file.ReadExactly(buffer);
    }

    private static ImportRefusedException CutOff() =>
        new("The zip is cut off or damaged: its directory is not at its end.", ImportRefusedException.Damaged);
}
