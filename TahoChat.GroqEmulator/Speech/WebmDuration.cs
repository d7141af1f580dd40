using System.Buffers.Binary;
using System.Numerics;

namespace TahoChat.GroqEmulator.Speech;

/// <summary>How long a WebM recording is. What a browser records says it nowhere, so the time of the last block counts.</summary>
internal static class WebmDuration
{
    private const uint Segment = 0x18538067;
    private const uint Info = 0x1549A966;
    private const uint TimestampScale = 0x2AD7B1;
    private const uint Duration = 0x4489;
    private const uint Cluster = 0x1F43B675;
    private const uint ClusterTime = 0xE7;
    private const uint BlockGroup = 0xA0;
    private const uint Block = 0xA1;
    private const uint SimpleBlock = 0xA3;

    /// <summary>Seconds; null where nothing says it.</summary>
    public static double? Read(ReadOnlySpan<byte> file)
    {
        var (scale, told, cluster, last) = (1_000_000.0, (double?)null, 0L, -1L);
        for (var at = 0; Element(file, ref at) is var (id, size);)
        {
            // What holds others is entered, whether its size is known or not.
            if (id is Segment or Info or Cluster or BlockGroup) continue;
            if (size > file.Length - at) break;
            var body = file.Slice(at, (int)size);
            if (id == TimestampScale) scale = Number(body);
            else if (id == Duration) told = Real(body);
            else if (id == ClusterTime) last = Math.Max(last, cluster = Number(body));
            else if (id is SimpleBlock or Block && BlockTime(body) is { } time) last = Math.Max(last, cluster + time);
            at += (int)size;
        }

        return told > 0 ? told * scale / 1e9 : last > 0 ? last * scale / 1e9 : null;
    }

    /// <summary>The element there; <paramref name="at"/> is at its content then.</summary>
    private static (uint Id, long Size)? Element(ReadOnlySpan<byte> file, ref int at)
    {
        if (Variable(file, ref at, keepMarker: true) is not { } id || Variable(file, ref at, keepMarker: false) is not { } size) return null;
        return ((uint)id, size);
    }

    private static long? Variable(ReadOnlySpan<byte> file, ref int at, bool keepMarker)
    {
        if (at >= file.Length || file[at] == 0) return null;
        var length = BitOperations.LeadingZeroCount((uint)file[at]) - 23;
        if (at + length > file.Length) return null;
        long value = keepMarker ? file[at] : file[at] & (0x7F >> (length - 1));
        for (var i = 1; i < length; i++) value = value << 8 | file[at + i];
        at += length;
        return value;
    }

    private static long Number(ReadOnlySpan<byte> body)
    {
        long value = 0;
        foreach (var one in body[..Math.Min(body.Length, 7)]) value = value << 8 | one;
        return value;
    }

    private static double? Real(ReadOnlySpan<byte> body) => body.Length switch
    {
        4 => BinaryPrimitives.ReadSingleBigEndian(body),
        8 => BinaryPrimitives.ReadDoubleBigEndian(body),
        _ => null,
    };

    /// <summary>After the track's number, relative to the cluster's time.</summary>
    private static long? BlockTime(ReadOnlySpan<byte> body)
    {
        var at = 0;
        return Variable(body, ref at, keepMarker: false) is null || at + 2 > body.Length ? null : BinaryPrimitives.ReadInt16BigEndian(body[at..]);
    }
}
