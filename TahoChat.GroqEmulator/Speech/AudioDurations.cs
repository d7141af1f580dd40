using System.Buffers.Binary;

namespace TahoChat.GroqEmulator.Speech;

/// <summary>How long a recording is, in seconds, from its container; null where that is cut off or does not say.</summary>
internal static class AudioDurations
{
    private const double OpusRate = 48_000;

    /// <summary>The data's bytes by the bytes a second of the format. A recorder that streams leaves the size open.</summary>
    public static double? OfWav(ReadOnlySpan<byte> file)
    {
        double? bytesPerSecond = null;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var name = file[at..(at + 4)];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var rest = file.Length - at - 8;
            if (name.SequenceEqual("fmt "u8) && rest >= 12) bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 16)..]);
            if (name.SequenceEqual("data"u8)) return Math.Min(size, rest) / bytesPerSecond;
            if (size > rest) return null;
            at += 8 + (int)size + (int)(size % 2);
        }

        return null;
    }

    /// <summary>The stream's information: 20 bits of rate, 36 of samples.</summary>
    public static double? OfFlac(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26) return null;
        var bits = BinaryPrimitives.ReadUInt64BigEndian(file[18..]);
        var (rate, samples) = (bits >> 44, bits & 0xF_FFFF_FFFF);
        return rate == 0 ? null : (double)samples / rate;
    }

    /// <summary>The position of the last page; Opus counts at 48 kHz, Vorbis at its own rate.</summary>
    public static double? OfOgg(ReadOnlySpan<byte> file)
    {
        var last = file.LastIndexOf("OggS"u8);
        if (last + 14 > file.Length) return null;
        var position = BinaryPrimitives.ReadInt64LittleEndian(file[(last + 6)..]);
        if (file.IndexOf("OpusHead"u8) >= 0) return position / OpusRate;
        var vorbis = file.IndexOf("\u0001vorbis"u8);
        return vorbis >= 0 && vorbis + 16 <= file.Length
            ? position / (double)BinaryPrimitives.ReadUInt32LittleEndian(file[(vorbis + 12)..])
            : null;
    }

    /// <summary>The movie's header: duration by time scale.</summary>
    public static double? OfMp4(ReadOnlySpan<byte> file)
    {
        var header = file.IndexOf("mvhd"u8);
        if (header < 0 || header + 36 > file.Length) return null;
        var body = file[(header + 4)..];
        return body[0] == 1
            ? BinaryPrimitives.ReadUInt64BigEndian(body[24..]) / (double)BinaryPrimitives.ReadUInt32BigEndian(body[20..])
            : BinaryPrimitives.ReadUInt32BigEndian(body[16..]) / (double)BinaryPrimitives.ReadUInt32BigEndian(body[12..]);
    }
}
