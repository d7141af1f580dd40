using TahoChat.Api.Settings;

namespace TahoChat.Api.Groq;

/// <summary>The provider's models that chat, as far as they are known, and what takes the place of one that is gone.</summary>
/// <remarks>The list is asked for at start and again when it is ten minutes old and needed. While it cannot be had, every
/// model is taken for there: the completion itself will say.</remarks>
public sealed partial class ModelCatalog(GroqClient client, GroqSettings settings, TimeProvider time, ILogger<ModelCatalog> logger)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _pauseOfRefresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pauseAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestDelayOfASend = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private volatile IReadOnlyList<GroqModel> _models = [];
    private volatile IReadOnlyList<GroqModel> _hearing = [];
    private DateTimeOffset _dueAt;
    private DateTimeOffset _askedAt;
    private Task _refresh = Task.CompletedTask;

    /// <summary>The models that chat, in the provider's order; empty while the list could not be had.</summary>
    public IReadOnlyList<GroqModel> Models => _models;

    /// <summary>The model that writes down what is spoken: the one that is set where it is listed, else the first that can; null
    /// where there is none, or the list could not be had.</summary>
    public string? SpeechModel => (_hearing.FirstOrDefault(model => model.Id == settings.SpeechModel) ?? (_hearing is [var first, ..] ? first : null))?.Id;

    /// <summary>The model of replies for which no other was asked.</summary>
    public ModelChoice Default => Choose(settings.Model);

    /// <summary>The fast model, for titles.</summary>
    public ModelChoice Fast => ModelPreference.Choose(_models, settings.FastModel, "openai/gpt-oss-20b", settings.Model);

    /// <summary>The model to use where <paramref name="requested"/> is asked for, or none. Waits for the list for two seconds
    /// at most, and only where there is none yet.</summary>
    public async ValueTask<ModelChoice> ResolveAsync(string? requested, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        return Resolve(requested);
    }

    /// <summary>As <see cref="ResolveAsync"/>, without waiting: of the list as it is known now.</summary>
    public ModelChoice Resolve(string? requested) => Choose(string.IsNullOrWhiteSpace(requested) ? settings.Model : requested);

    /// <summary>Ends when there is a list, or two seconds later.</summary>
    public ValueTask WarmAsync(CancellationToken cancellationToken) => ReadyAsync(cancellationToken);

    /// <summary>What to ask a model for: <paramref name="effort"/> where the model has that, else nothing.</summary>
    public string? EffortOf(string model, string? effort)
    {
        var features = _models.Named(model)?.Features;
        return effort is not null && ReasoningEfforts.Of(model, features).Contains(effort) ? effort : null;
    }

    /// <summary>As <see cref="Fast"/>, waiting like <see cref="ResolveAsync"/>.</summary>
    public async ValueTask<ModelChoice> ResolveFastAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        return Fast;
    }

    /// <summary>Asks for the list again, now; several callers share one request. A failure keeps the old list and is in the
    /// log.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => StartRefresh().WaitAsync(cancellationToken);

    /// <summary>As <see cref="RefreshAsync(CancellationToken)"/>, but for a list of the last five seconds: people press buttons
    /// more often than models change.</summary>
    public async Task RefreshSoonAsync(CancellationToken cancellationToken)
    {
        if (IsOlderThan(_pauseOfRefresh)) await RefreshAsync(cancellationToken);
    }

    /// <summary>As <see cref="RefreshAsync(CancellationToken)"/>, after a completion failed because its model is gone: the
    /// model is left out until the list is asked for again, whatever it says.</summary>
    public async Task RefreshAsync(string goneModel, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        lock (_lock) _models = [.. _models.Where(model => model.Id != goneModel)];
    }

    private ModelChoice Choose(string requested) => ModelPreference.Choose(_models, requested, settings.Model);

    private async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        if (!IsDue()) return;
        var refresh = StartRefresh();
        if (_models.Count > 0) return;
        try
        {
            await refresh.WaitAsync(_longestDelayOfASend, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The refresh goes on; this send does not wait for it.
        }
    }

    private bool IsDue()
    {
        lock (_lock) return time.GetUtcNow() >= _dueAt;
    }

    private bool IsOlderThan(TimeSpan age)
    {
        lock (_lock) return time.GetUtcNow() - _askedAt >= age;
    }

    private Task StartRefresh()
    {
        lock (_lock)
        {
            // On the pool: the request belongs to no caller, whose cancel or trace it must not share.
            if (_refresh.IsCompleted)
            {
                using (ExecutionContext.SuppressFlow()) _refresh = Task.Run(LoadAsync);
            }

            return _refresh;
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var models = await client.ListModelsAsync(CancellationToken.None);
            _hearing = [.. models.Where(ModelPreference.Hears)];
            Keep([.. models.Where(ModelPreference.Chats)], _fresh);
            Log.Listed(logger, _models.Count);
        }
        catch (GroqException exception)
        {
            Keep(_models, _pauseAfterFailure);
            Log.NotListed(logger, exception.Code, exception.Message);
        }
        catch (Exception exception)
        {
            // Without the list everything else works: a fault in reading it must not end the host.
            Keep(_models, _pauseAfterFailure);
            Log.Broke(logger, exception);
        }
    }

    private void Keep(IReadOnlyList<GroqModel> models, TimeSpan until)
    {
        lock (_lock)
        {
            _models = models;
            _askedAt = time.GetUtcNow();
            _dueAt = _askedAt + until;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(205, LogLevel.Debug, "The provider offers {Count} models that chat")]
        public static partial void Listed(ILogger logger, int count);

        [LoggerMessage(206, LogLevel.Warning, "The provider's list of models could not be had ({Code}): {Reason}")]
        public static partial void NotListed(ILogger logger, string code, string reason);

        [LoggerMessage(207, LogLevel.Error, "Asking for the provider's models broke")]
        public static partial void Broke(ILogger logger, Exception exception);
    }
}
