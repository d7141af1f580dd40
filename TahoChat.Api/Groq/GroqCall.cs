using System.Diagnostics;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Groq;

/// <summary>A completion as it is told of: one span and one measure, however often it was sent. The attempts are the HTTP client's spans under it,
/// and each wait between two of them is an event.</summary>
/// <param name="span">Null where nobody listens.</param>
/// <param name="meter">Ends with it.</param>
/// <param name="stream">Whether the reply comes in chunks.</param>
/// <param name="content">Null where what is said is not to be told.</param>
/// <param name="time">For the time to the first chunk.</param>
internal sealed class GroqCall(Activity? span, CompletionMeter meter, bool stream, GroqContent? content, TimeProvider time) : IDisposable
{
    private readonly long _began = time.GetTimestamp();
    private bool _failed;
    private bool _finished;

    /// <summary>How often it was sent again: the number of the attempt that is under way, 0 for the first.</summary>
    public int Resends { get; private set; }

    /// <summary>The first chunk is there, of text or the end.</summary>
    public void FirstChunk()
    {
        if (stream) span?.SetTag(Conventions.GenAi.ResponseTimeToFirstChunk, time.GetElapsedTime(_began).TotalSeconds);
    }

    /// <summary>A step of the reply, by the <paramref name="model"/> that the provider names; no span tells of it by itself.</summary>
    public void Take(in GroqDelta delta, string? model)
    {
        meter.Took(in delta, model);
        content?.Take(delta.Kind, delta.Text);
        if (delta.Completion is { } completion) Finish(completion);
    }

    /// <summary>A reply in one piece.</summary>
    public void Finish(GroqReply reply)
    {
        content?.Take(GroqDeltaKind.Reasoning, reply.Reasoning);
        content?.Take(GroqDeltaKind.Content, reply.Text);
        meter.Finished(reply.Completion);
        Finish(reply.Completion);
    }

    /// <summary>It failed; said again by each who sees it.</summary>
    public void Fail(GroqException failure)
    {
        _failed = true;
        meter.Failed(failure.Code);
        span?.Fail(failure.Code);
    }

    /// <summary>It is sent again after <paramref name="wait"/>; without a field, where the provider does not know one.</summary>
    public void Retry(GroqException failure, TimeSpan wait, string? without)
    {
        Resends++;
        if (without is null) meter.Retrying(failure.Code);
        if (span is not { IsAllDataRequested: true }) return;
        var tags = new ActivityTagsCollection
        {
            [Conventions.ErrorType] = failure.Code,
            [Conventions.TahoChat.RetryNumber] = Resends,
            [Conventions.TahoChat.RetryWait] = wait.TotalSeconds,
        };
        if (failure.Status is { } status) tags[Conventions.Http.ResponseStatusCode] = status;
        if (without is not null) tags[Conventions.TahoChat.RetryWithout] = without;
        span.AddEvent(new ActivityEvent(Conventions.Events.Retry, tags: tags));
    }

    /// <summary>The provider is left alone for <paramref name="wait"/>: nothing was sent.</summary>
    public void Refused(TimeSpan wait) =>
        span?.AddEvent(new ActivityEvent(Conventions.Events.CircuitOpen, tags: new() { [Conventions.TahoChat.RetryWait] = wait.TotalSeconds }));

    /// <summary>It is over.</summary>
    public void Dispose()
    {
        meter.Dispose();
        if (span is null) return;
        if (!_finished)
        {
            // A reason that was expected and did not come is "error", by the convention.
            span.SetTag(Conventions.GenAi.ResponseFinishReasons, new[] { Conventions.GenAi.FinishReasonError });
            if (!_failed) span.SetTag(Conventions.TahoChat.Cancelled, true);
        }

        content?.Tell(span, finishReason: null, toolCalls: null);
        span.End();
    }

    private void Finish(GroqCompletion completion)
    {
        _finished = true;
        if (span is not { IsAllDataRequested: true }) return;
        span.SetTag(Conventions.GenAi.ResponseModel, completion.Model)
            .SetTag(Conventions.GenAi.ResponseId, completion.RequestId)
            .SetTag(Conventions.GenAi.ResponseFinishReasons, new[] { completion.FinishReason });
        if (completion.Usage is { } usage) Tell(span, usage);
        content?.Tell(span, completion.FinishReason, completion.ToolCalls);
    }

    private static void Tell(Activity span, GroqUsage usage)
    {
        span.SetTag(Conventions.GenAi.UsageInputTokens, usage.PromptTokens)
            .SetTag(Conventions.GenAi.UsageOutputTokens, usage.CompletionTokens);
        if (usage.CachedTokens > 0) span.SetTag(Conventions.GenAi.UsageCacheReadInputTokens, usage.CachedTokens);
        if (usage.ReasoningTokens > 0) span.SetTag(Conventions.GenAi.UsageReasoningOutputTokens, usage.ReasoningTokens);
    }
}
