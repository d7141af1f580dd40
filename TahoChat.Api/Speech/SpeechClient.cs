using System.Net.Http.Headers;
using System.Text.Json;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Speech;

/// <summary>The provider's speech to text. Not sent again when it fails: whoever spoke still has the recording.</summary>
public sealed class SpeechClient(
    IHttpClientFactory clients, GroqEndpoint endpoint, GroqSettings settings, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>An hour of speech takes Whisper on Groq some twenty seconds; the upload takes its time, too.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    private readonly GroqFailures _failures = new(settings, time, loggers.CreateLogger<SpeechClient>());

    /// <summary>What was said.</summary>
    /// <exception cref="GroqException">It failed; nothing of the provider's own text is in it.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<string> TranscribeAsync(byte[] audio, string ending, string mediaType, string model, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AskAsync(audio, ending, mediaType, model, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw GroqErrors.TimedOut();
        }
        catch (Exception exception) when (exception is not GroqException && GroqErrors.From(exception) is { } failure)
        {
            throw failure;
        }
    }

    private async Task<string> AskAsync(byte[] audio, string ending, string mediaType, string model, CancellationToken cancellationToken)
    {
        using var file = new ByteArrayContent(audio);
        file.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var form = new MultipartFormDataContent
        {
            { file, "file", $"speech.{ending}" },
            { new StringContent(model), "model" },
            { new StringContent("json"), "response_format" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.BaseUrl ?? throw GroqErrors.Unreachable(), "audio/transcriptions")) { Content = form };
        request.Headers.Accept.ParseAdd("application/json");
        if (settings.ApiKey is { Length: > 0 } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await clients.CreateClient(GroqClient.HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode) throw await _failures.OfAnswerAsync(response, cancellationToken);
        return TextIn(await GroqAnswer.ReadBodyAsync(response, cancellationToken));
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
