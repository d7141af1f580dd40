using System.Net.Http.Headers;
using System.Text.Json;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Speech;

/// <summary>The provider's speech to text. Not sent again when it fails: whoever spoke still has the recording.</summary>
public sealed class SpeechClient(GroqClient groq)
{
    /// <summary>An hour of speech takes Whisper on Groq some twenty seconds; the upload takes its time, too.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    /// <summary>What was said.</summary>
    /// <exception cref="GroqException">It failed; nothing of the provider's own text is in it.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<string> TranscribeAsync(byte[] audio, string ending, string mediaType, string model, CancellationToken cancellationToken)
    {
        using var file = new ByteArrayContent(audio);
        file.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var form = new MultipartFormDataContent
        {
            { file, "file", $"speech.{ending}" },
            { new StringContent(model), "model" },
            { new StringContent("json"), "response_format" },
        };
        return await groq.PostAsync("audio/transcriptions", form, _longest, TextIn, cancellationToken);
    }

    /// <exception cref="JsonException">The body is no transcription.</exception>
    private static string TextIn(byte[] body)
    {
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!.Trim()
            : throw new JsonException("No transcription.");
    }
}
