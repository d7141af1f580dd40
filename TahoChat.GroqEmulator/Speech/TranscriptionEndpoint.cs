using System.Security.Cryptography;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Page;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Speech;

/// <summary><c>POST /openai/v1/audio/transcriptions</c>.</summary>
internal sealed class TranscriptionEndpoint(RateLimiter limiter, FaultSwitch faults, GroqEmulatorOptions options, TimeProvider time)
{
    public const string Path = "/openai/v1/audio/transcriptions";

    public async Task HandleAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var form = await TranscriptionForm.ReadAsync(http, cancellationToken);
        var at = form.Model.IndexOf('@', StringComparison.Ordinal);
        var (name, suffix) = at < 0 ? (form.Model, null) : (form.Model[..at], form.Model[(at + 1)..]);
        Note(http, form);
        var limit = limiter.Take(name, tokens: 0);
        RateLimitHeaders.Set(http.Response.Headers, limit);
        var directives = RequestDirectives.None.With(suffix).With(http.Request.Headers[CompletionEndpoint.FaultHeader]);
        if (directives.Fault is null && faults.Take() is { } armed) directives = armed;
        if (await StrikeAsync(http, name, directives, cancellationToken)) return;
        if (limit.Refusal is { } refusal) throw new GroqErrorException(refusal);
        var model = ModelCatalog.Find(name);
        if (!model.Hears()) throw new GroqErrorException($"The model `{name}` does not support transcriptions", "model");
        var audio = AudioFile.Read(form.Audio.Span)
            ?? throw new GroqErrorException("could not process file - is it a valid media file?", "file");
        await Task.Delay(directives.First ?? options.FirstToken, time, cancellationToken);
        var text = directives.Reply is FixedReply.Text echo ? " " + echo.Content : Transcription.Text(form.FileName, audio, form.Audio.Length);
        await WriteAsync(http, form, audio, text, cancellationToken);
    }

    private static Task WriteAsync(HttpContext http, TranscriptionForm form, AudioFile audio, string text, CancellationToken cancellationToken)
    {
        var id = RequestPipeline.RequestId(http);
        if (form.Format == "verbose_json")
            return GroqJson.WriteAsync(http, StatusCodes.Status200OK, Transcription.Verbose(form, audio, text, id), cancellationToken);
        if (form.Format == "json")
            return GroqJson.WriteAsync(http, StatusCodes.Status200OK, new TranscriptionAnswer(text, new XGroq(id)), cancellationToken);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, cancellationToken);
    }

    /// <summary>A fault that is an answer is that answer; any other leaves the client without one.</summary>
    private static async Task<bool> StrikeAsync(HttpContext http, string model, RequestDirectives directives, CancellationToken cancellationToken)
    {
        if (directives.Fault is not { About.Moment: not FaultMoment.Harmless } fault) return false;
        RequestPipeline.Entry(http).SetFault(fault.Name);
        if (fault is Fault.Answer answer) await answer.WriteAsync(new FaultContext(http, model, directives.RetryAfter, false), cancellationToken);
        else http.Abort();
        return true;
    }

    private static void Note(HttpContext http, TranscriptionForm form)
    {
        var entry = RequestPipeline.Entry(http);
        entry.SetRequest(form.Model, stream: false);
        entry.SetBody(
            $"model={form.Model}\nresponse_format={form.Format}\nlanguage={form.Language}\nfile={form.FileName} ({form.Audio.Length} bytes)",
            form.Audio.Length,
            Convert.ToHexStringLower(SHA256.HashData(form.Audio.Span)),
            attempt: 1);
    }
}
