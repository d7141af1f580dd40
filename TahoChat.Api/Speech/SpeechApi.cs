using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Attachments;
using TahoChat.Api.Chat;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Speech;

/// <summary>What was said in a recording.</summary>
public sealed record TranscriptionResponse(string Text);

/// <summary><c>POST /transcriptions</c>: a spoken message as text. Nothing of the recording is kept.</summary>
public static class SpeechApi
{
    /// <summary>Bytes of a recording. Source: console.groq.com/docs/speech-to-text, 25 MB.</summary>
    public const int LargestRecording = 25_000_000;

    private static readonly SemaphoreSlim _recordings = new(AttachmentLimits.UploadsAtOnce);

    public static void AddSpeech(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SpeechClient>();

    public static void MapSpeech(this WebApplication app) =>
        app.MapPost("/transcriptions", TranscribeAsync)
            .AddOpenApiOperationTransformer(UploadDocs.DescribeAsync)
            .WithTags("Speech")
            .WithSummary("What is said in a recording");

    private static async Task<Results<Ok<TranscriptionResponse>, ProblemHttpResult>> TranscribeAsync(
        SpeechClient speech, ModelCatalog models, HttpContext http, CancellationToken cancellationToken)
    {
        await _recordings.WaitAsync(cancellationToken);
        try
        {
            var (upload, problem) = await UploadReader.ReadAsync(http.Request, LargestRecording, "The recording is larger than 25 MB.", cancellationToken);
            if (upload is null) return problem!;
            if (AudioContainer.Of(upload.Bytes) is not var (ending, mediaType))
                return Problems.Problem(
                    StatusCodes.Status415UnsupportedMediaType, "Only recordings can be written down: flac, mp3, mp4, ogg, wav or webm.", "unsupported_file");
            await models.WarmAsync(cancellationToken);
            if (models.SpeechModel is not { } model)
                return Problems.Problem(StatusCodes.Status501NotImplemented, "The provider lists no model that understands speech.", "no_speech_model");
            return TypedResults.Ok(new TranscriptionResponse(await speech.TranscribeAsync(upload.Bytes, ending, mediaType, model, cancellationToken)));
        }
        catch (GroqException exception)
        {
            return ChatApi.Refuse(http, new ChatError(exception.Code, exception.Message, exception.Retryable, exception.RetryAfter));
        }
        finally
        {
            _recordings.Release();
        }
    }
}
