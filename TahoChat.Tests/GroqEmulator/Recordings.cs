using System.Buffers.Binary;

namespace TahoChat.Tests.GroqEmulator;

/// <summary>Silence in the containers that recorders make.</summary>
internal static class Recordings
{
    /// <summary>8 kHz, one channel, 16 bits.</summary>
    public static byte[] Wav(double seconds)
    {
        const int BytesPerSecond = 16_000;
        var data = (int)(seconds * BytesPerSecond);
        var wav = new byte[44 + data];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), 36 + data);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), 8_000);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), BytesPerSecond);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), data);
        return wav;
    }

    /// <summary>As a browser records it: segment and clusters of unknown size, no duration, a last block at 1.5 s + 250 ms.</summary>
    public static byte[] WebmOfABrowser() =>
    [
        0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x82, 0x81, (byte)'w',
        0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x15, 0x49, 0xA9, 0x66, 0x87, 0x2A, 0xD7, 0xB1, 0x83, 0x0F, 0x42, 0x40,
        0x1F, 0x43, 0xB6, 0x75, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xE7, 0x81, 0x00, 0xA3, 0x85, 0x81, 0x00, 0x14, 0x80, 0x00,
        0x1F, 0x43, 0xB6, 0x75, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xE7, 0x82, 0x05, 0xDC, 0xA3, 0x85, 0x81, 0x00, 0xFA, 0x80, 0x00,
    ];

    /// <summary>Opus whose last page is at 3 s.</summary>
    public static byte[] Ogg()
    {
        var ogg = new byte[80];
        "OggS"u8.CopyTo(ogg);
        "OpusHead"u8.CopyTo(ogg.AsSpan(28));
        "OggS"u8.CopyTo(ogg.AsSpan(50));
        BinaryPrimitives.WriteInt64LittleEndian(ogg.AsSpan(56), 3 * 48_000);
        return ogg;
    }

    /// <summary>44.1 kHz, 88,200 samples.</summary>
    public static byte[] Flac()
    {
        var flac = new byte[42];
        "fLaC"u8.CopyTo(flac);
        BinaryPrimitives.WriteUInt64BigEndian(flac.AsSpan(18), 44_100UL << 44 | 88_200);
        return flac;
    }

    /// <summary>600 units a second, 1,500 of them.</summary>
    public static byte[] Mp4()
    {
        var mp4 = new byte[64];
        "ftyp"u8.CopyTo(mp4.AsSpan(4));
        "mvhd"u8.CopyTo(mp4.AsSpan(20));
        BinaryPrimitives.WriteInt32BigEndian(mp4.AsSpan(36), 600);
        BinaryPrimitives.WriteInt32BigEndian(mp4.AsSpan(40), 1_500);
        return mp4;
    }
}
