using TahoChat.Api.Settings;

namespace TahoChat.Api.Groq;

/// <summary>What is done about failures: logged with the provider's text redacted, tried again where that may help, and
/// turned into <see cref="GroqException"/>.</summary>
internal sealed partial class GroqFailures(GroqSettings settings, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan _errorBody = TimeSpan.FromSeconds(5);

    /// <summary>What the server was found not to take.</summary>
    public GroqDialect Dialect { get; } = new();

    /// <summary>Takes a step; a failure of the provider's, the network's or the time's comes out as
    /// <see cref="GroqException"/>, the caller's cancel as <see cref="OperationCanceledException"/>.</summary>
    public static async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> step, Watchdog watchdog, GroqCall? call)
    {
        try
        {
            return await step();
        }
        catch (Exception exception) when (!watchdog.CallerCancelled && Of(exception, watchdog) is { } failure)
        {
            call?.Fail(failure);
            if (failure == exception) throw;
            throw failure;
        }
        catch (Exception) when (watchdog.CallerCancelled)
        {
            throw new OperationCanceledException(watchdog.Caller);
        }
    }

    /// <summary>Takes a step again after a failure that may pass, <see cref="GroqSettings.MaxRetries"/> times at most and
    /// within <see cref="GroqWait.Budget"/>; at once, and without the field, after a refusal of one.</summary>
    public async ValueTask<T> RetryAsync<T>(Func<ValueTask<T>> step, GroqRequest request, Watchdog watchdog, GroqCall call)
    {
        var started = time.GetTimestamp();
        for (var retry = 0; ; retry++)
        {
            TimeSpan wait;
            try
            {
                return await step();
            }
            catch (Exception exception) when (!watchdog.Token.IsCancellationRequested && WaitAfter(exception, request, retry, time.GetElapsedTime(started), watchdog, call) is { } next)
            {
                wait = next;
            }

            await Task.Delay(wait, time, watchdog.Token);
        }
    }

    /// <summary>The failure that an answer with an error status is.</summary>
    public async Task<GroqException> OfAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_errorBody, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var error = await GroqAnswer.ReadErrorAsync(response, either.Token);
        var status = (int)response.StatusCode;
        Report(status, error, response);
        var failure = GroqErrors.From(status, error, GroqWait.Asked(response.Headers, error.Message), time.GetUtcNow());
        failure.RefusedField = GroqDialect.RefusedBy(status, error);
        return failure;
    }

    /// <summary>The failure that an error inside a 200 is.</summary>
    public GroqException OfEvent(GroqError error, HttpResponseMessage response)
    {
        Report(error.Status ?? 200, error, response);
        return GroqErrors.From(error, time.GetUtcNow());
    }

    private TimeSpan? WaitAfter(Exception exception, GroqRequest request, int retry, TimeSpan elapsed, Watchdog watchdog, GroqCall call)
    {
        if (Of(exception, watchdog) is not { } failure) return null;
        if (failure.RefusedField is { } field && retry < GroqDialect.MostLessons && Dialect.Learn(request.Model, field))
        {
            Log.Without(logger, field, request.Model);
            call.Retry(failure, TimeSpan.Zero, field);
            return TimeSpan.Zero;
        }

        if (retry >= settings.MaxRetries) return null;
        if (GroqWait.BeforeRetry(failure, retry, elapsed, settings, Random.Shared.NextDouble()) is not { } wait) return null;
        Log.Retrying(logger, failure.Code, failure.Status, (int)wait.TotalMilliseconds);
        call.Retry(failure, wait, without: null);
        request.OnWaiting?.Invoke(failure.Code, wait);
        return wait;
    }

    private static GroqException? Of(Exception exception, Watchdog watchdog) =>
        watchdog.Expired && exception is not GroqException ? GroqErrors.TimedOut() : GroqErrors.From(exception);

    private void Report(int status, GroqError error, HttpResponseMessage response) => Log.ProviderSaid(
        logger, status, Safe(error.Code), Safe(error.Type), Safe(GroqAnswer.RequestId(response)),
        Safe(Quotation.Without(error.Message, GroqAnswer.RequestOf(response))));

    private string Safe(string? text) => Redaction.Redact(text, settings.ApiKey);

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Warning, "The provider answered {Status} (code {Code}, type {Type}, request {RequestId}): {Text}")]
        public static partial void ProviderSaid(ILogger logger, int status, string code, string type, string requestId, string text);

        [LoggerMessage(201, LogLevel.Debug, "Sending the request again after {Code} ({Status}) in {Milliseconds} ms")]
        public static partial void Retrying(ILogger logger, string code, int? status, int milliseconds);

        [LoggerMessage(202, LogLevel.Debug, "The provider does not know {Field}: {Model} is asked without it")]
        public static partial void Without(ILogger logger, string field, string model);
    }
}
