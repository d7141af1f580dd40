using System.Diagnostics;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Groq;

/// <summary>The measure of one completion. Its attributes are put together once and no chunk allocates.</summary>
internal sealed class CompletionMeter : IDisposable
{
    private readonly GroqMetrics _metrics;
    private readonly string _requested;
    private readonly long _started;
    private readonly bool _counts;
    private TagList _tags;
    private string? _model;
    private string? _error;
    private long _last;

    public CompletionMeter(GroqMetrics metrics, string model)
    {
        (_metrics, _requested) = (metrics, model);
        _counts = metrics.FirstChunk.Enabled || metrics.Chunk.Enabled;
        if (!_counts && !metrics.Duration.Enabled && !metrics.Tokens.Enabled) return;
        _started = metrics.Time.GetTimestamp();
        _tags.Add(Conventions.GenAi.OperationName, Conventions.GenAi.Operations.Chat);
        _tags.Add(Conventions.GenAi.ProviderName, Conventions.GenAi.Providers.Groq);
        _tags.Add(Conventions.GenAi.RequestModel, model);
        if (metrics.Server is not { } address) return;
        _tags.Add(Conventions.Server.Address, address.Host);
        _tags.Add(Conventions.Server.Port, address.Port);
    }

    /// <summary>A step came, of the <paramref name="model"/> that the provider names with its first.</summary>
    public void Took(in GroqDelta step, string? model)
    {
        if (step.Completion is { } completion) Finished(completion);
        else if (_counts) TookText(model);
    }

    /// <summary>It was finished.</summary>
    public void Finished(GroqCompletion completion)
    {
        Answers(completion.Model);
        if (completion.Usage is not { } usage) return;
        Count("input", usage.PromptTokens);
        Count("output", usage.CompletionTokens);
        if (usage.CachedTokens > 0) _metrics.CachedTokens.Add(usage.CachedTokens, in _tags);
        if (usage.ReasoningTokens > 0) _metrics.ReasoningTokens.Add(usage.ReasoningTokens, in _tags);
    }

    /// <summary>It is sent again.</summary>
    public void Retrying(string code) => _metrics.Retrying(_requested, code);

    /// <summary>It failed.</summary>
    public void Failed(string code) => _error = code;

    public void Dispose()
    {
        if (!_metrics.Duration.Enabled || _started == 0) return;
        if (_error is not null) _tags.Add(Conventions.ErrorType, _error);
        _metrics.Duration.Record(Seconds(_started, _metrics.Time.GetTimestamp()), in _tags);
    }

    private void TookText(string? model)
    {
        var now = _metrics.Time.GetTimestamp();
        if (_last == 0)
        {
            Answers(model);
            _metrics.FirstChunk.Record(Seconds(_started, now), in _tags);
        }
        else
        {
            _metrics.Chunk.Record(Seconds(_last, now), in _tags);
        }

        _last = now;
    }

    private void Answers(string? model)
    {
        if (model is null || _model is not null) return;
        _model = _metrics.ModelName(model);
        _tags.Add(Conventions.GenAi.ResponseModel, _model);
    }

    private void Count(string type, int tokens)
    {
        if (!_metrics.Tokens.Enabled) return;
        var tags = _tags;
        tags.Add(Conventions.GenAi.TokenType, type);
        _metrics.Tokens.Record(tokens, in tags);
    }

    private double Seconds(long from, long to) => _metrics.Time.GetElapsedTime(from, to).TotalSeconds;
}
