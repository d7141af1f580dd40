namespace TahoChat.Api.Speech;

/// <summary>What a recording is by its first bytes: the kinds that Groq's Whisper takes, whose ending of a name it goes by.</summary>
internal static class AudioContainer
{
    /// <summary>The ending and the media type, or null where it is none of them.</summary>
    public static (string Ending, string MediaType)? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12) return null;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return ("webm", "audio/webm");
        if (bytes[4..8].SequenceEqual("ftyp"u8)) return ("mp4", "audio/mp4");
        if (bytes.StartsWith("OggS"u8)) return ("ogg", "audio/ogg");
        if (bytes.StartsWith("fLaC"u8)) return ("flac", "audio/flac");
        if (bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WAVE"u8)) return ("wav", "audio/wav");
        // A tag, or the eleven bits of an MPEG frame's beginning.
        return bytes.StartsWith("ID3"u8) || (bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0) ? ("mp3", "audio/mpeg") : null;
    }
}
