using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Speech;

/// <summary>The request of a transcription, read and validated but for its model and its audio.</summary>
/// <param name="Format"><c>json</c>, <c>text</c> or <c>verbose_json</c>.</param>
/// <param name="Words">Whether the words' times are wanted.</param>
internal sealed record TranscriptionForm(string Model, string FileName, ReadOnlyMemory<byte> Audio, string Format, string Language, bool Words)
{
    /// <summary>From console.groq.com/docs/speech-to-text, of the free tier.</summary>
    public const int MostBytes = 25 * 1024 * 1024;

    /// <summary>More than that is not even read: the answer is the same.</summary>
    private const long MostBodyBytes = 64 * 1024 * 1024;

    private const int MostFields = 32;
    private const string Kinds = "flac mp3 mp4 mpeg mpga m4a ogg opus wav webm";

    /// <exception cref="GroqErrorException">A field breaks a rule.</exception>
    public static async Task<TranscriptionForm> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBodyBytes;
        if (!http.Request.HasFormContentType) throw new GroqErrorException("request Content-Type isn't multipart/form-data");
        var form = await ReadFormAsync(http.Request, cancellationToken);
        var model = Text(form, "model") ?? throw new GroqErrorException("model is required", "model");
        var file = form.Files.GetFile("file") ?? throw new GroqErrorException("file is required", "file");
        CheckFile(file);
        if (Text(form, "temperature") is { } warmth
            && !(double.TryParse(warmth, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1))
        {
            throw RequestFields.Wrong("temperature", "number must be between 0 and 1");
        }

        var format = OneOf(form, "response_format", "json", "text", "verbose_json") ?? "json";
        var grains = form["timestamp_granularities[]"].Concat(form["timestamp_granularities"]).ToList();
        if (grains.Any(grain => grain is not ("word" or "segment")))
            throw RequestFields.Wrong("timestamp_granularities", "value must be one of [word, segment]");
        using var audio = new MemoryStream((int)file.Length);
        await file.CopyToAsync(audio, cancellationToken);
        return new TranscriptionForm(model, file.FileName, audio.ToArray(), format, Text(form, "language") ?? "en", grains.Contains("word"));
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // In memory as a whole: nothing of a recording goes to a disk.
            return await request.ReadFormAsync(
                new FormOptions { MemoryBufferThreshold = (int)MostBodyBytes, MultipartBodyLengthLimit = MostBodyBytes, ValueCountLimit = MostFields },
                cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new GroqErrorException("multipart: could not read the form");
        }
    }

    private static void CheckFile(IFormFile file)
    {
        if (!Kinds.Split(' ').Contains(Path.GetExtension(file.FileName).TrimStart('.').ToLowerInvariant()))
        {
            throw new GroqErrorException(
                new GroqError($"file must be one of the following types: [{Kinds}]", GroqError.InvalidRequest, "unsupported_audio_format"));
        }

        if (file.Length == 0) throw new GroqErrorException("file is empty");
        if (file.Length > MostBytes) throw new GroqErrorException(AnswerErrors.EntityTooLarge);
    }

    private static string? OneOf(IFormCollection form, string name, params ReadOnlySpan<string> allowed) =>
        Text(form, name) is not { } value ? null
        : allowed.Contains(value) ? value
        : throw RequestFields.Wrong(name, $"value must be one of [{string.Join(", ", allowed)}]");

    private static string? Text(IFormCollection form, string name) => form[name] is [{ Length: > 0 } value, ..] ? value : null;
}
