using System.Globalization;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Speech;

/// <summary>The answer where <c>json</c> is wanted.</summary>
internal sealed record TranscriptionAnswer(string Text, XGroq XGroq);

/// <summary>The answer where <c>verbose_json</c> is wanted; times are in seconds.</summary>
internal sealed record VerboseTranscription(
    string Task,
    string Language,
    double Duration,
    string Text,
    IReadOnlyList<TranscribedWord>? Words,
    IReadOnlyList<TranscribedSegment> Segments,
    XGroq XGroq);

internal sealed record TranscribedWord(string Word, double Start, double End);

internal sealed record TranscribedSegment(
    int Id,
    int Seek,
    double Start,
    double End,
    string Text,
    IReadOnlyList<int> Tokens,
    double Temperature,
    double AvgLogprob,
    double CompressionRatio,
    double NoSpeechProb);

/// <summary>What the emulator makes of a recording. It cannot hear, so it says what it was given.</summary>
internal static class Transcription
{
    /// <summary>Begins with a space, as Whisper's do.</summary>
    public static string Text(string fileName, AudioFile audio, int bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $" This is the offline emulator, which cannot hear. It was given {Length(audio)} of {audio.Kind}, {bytes:N0} bytes, named {fileName}.");

    public static VerboseTranscription Verbose(TranscriptionForm form, AudioFile audio, string text, string requestId)
    {
        var seconds = Math.Round(audio.Duration?.TotalSeconds ?? 0, 2);
        return new VerboseTranscription(
            "transcribe",
            form.Language,
            seconds,
            text,
            form.Words ? Words(text, seconds) : null,
            [new TranscribedSegment(0, 0, 0, seconds, text, [50364, .. text.Select(c => (int)c), 50414], 0, -0.2, 1.1, 0.01)],
            new XGroq(requestId));
    }

    private static string Length(AudioFile audio) => audio.Duration is { } duration
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} seconds")
        : "some seconds";

    /// <summary>The words, each as long as its share of the letters.</summary>
    private static List<TranscribedWord> Words(string text, double seconds)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var perCharacter = seconds / words.Sum(word => word.Length);
        var timed = new List<TranscribedWord>(words.Length);
        var start = 0.0;
        foreach (var word in words)
        {
            var end = start + word.Length * perCharacter;
            timed.Add(new TranscribedWord(word, Math.Round(start, 2), Math.Round(end, 2)));
            start = end;
        }

        return timed;
    }
}
