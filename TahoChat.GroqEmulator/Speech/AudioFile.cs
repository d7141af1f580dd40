namespace TahoChat.GroqEmulator.Speech;

/// <summary>What a recording says of itself.</summary>
/// <param name="Kind">As people call it: <c>WAV</c>, <c>WebM</c>, …</param>
/// <param name="Duration">Null where the container does not say.</param>
internal sealed record AudioFile(string Kind, TimeSpan? Duration)
{
    /// <summary>Known by its first bytes, whatever its name; null where it is no audio that Groq takes.</summary>
    public static AudioFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WAVE"u8)) return new("WAV", Of(AudioDurations.OfWav(file)));
        if (file.StartsWith("fLaC"u8)) return new("FLAC", Of(AudioDurations.OfFlac(file)));
        if (file.StartsWith("OggS"u8)) return new("Ogg", Of(AudioDurations.OfOgg(file)));
        if (file.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return new("WebM", Of(WebmDuration.Read(file)));
        if (file.Length >= 8 && file[4..8].SequenceEqual("ftyp"u8)) return new("MP4", Of(AudioDurations.OfMp4(file)));
        return file.StartsWith("ID3"u8) || (file.Length >= 2 && file[0] == 0xFF && (file[1] & 0xE0) == 0xE0) ? new("MP3", null) : null;
    }

    private static TimeSpan? Of(double? seconds) =>
        seconds is { } some && double.IsFinite(some) && some is > 0 and < 1e6 ? TimeSpan.FromSeconds(some) : null;
}
