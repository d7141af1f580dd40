using Polly;
using Polly.CircuitBreaker;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Groq;

/// <summary>Stops asking a provider that fails again and again, and lets one request at a time find out whether it is back.</summary>
/// <remarks>Counted are completions, retries included, that found no connection, got a 5xx, or had no text in time: not 429 and
/// the other 4xx, which a provider in good health gives, and nothing that happens after the first text.</remarks>
public sealed partial class ProviderCircuit
{
    /// <summary>All that <see cref="State"/> may be.</summary>
    public static IReadOnlyList<string> States { get; } = ["closed", "half_open", "open"];

    // One answer within the window, a refusal too, is a sign of life.
    private const double FailureRatio = 1;

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeSpan _pause;

    public ProviderCircuit(GroqSettings settings, TimeProvider time, ILogger<ProviderCircuit> logger)
    {
        _pause = settings.BreakerPause;
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        _pipeline = builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = FailureRatio,
            MinimumThroughput = settings.BreakerFailures,
            SamplingDuration = settings.BreakerWindow,
            BreakDuration = settings.BreakerPause,
            StateProvider = _state,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && Counts(exception)),
            OnOpened = arguments =>
            {
                Log.Opened(logger, (int)arguments.BreakDuration.TotalSeconds);
                return default;
            },
            OnClosed = _ =>
            {
                Log.Closed(logger);
                return default;
            },
        }).Build();
    }

    /// <summary><c>closed</c> while the provider is asked, <c>open</c> once it is left alone, <c>half_open</c> while a request finds
    /// out whether it is back.</summary>
    public string State => _state.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half_open",
        _ => "open",
    };

    /// <summary>Takes a step that reports its failures as <see cref="GroqException"/>.</summary>
    /// <exception cref="GroqException">It failed, or the circuit is open: <c>provider_unreachable</c> with the time of the next
    /// trial.</exception>
    internal async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> step, GroqCall? call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static (step, _) => step(), step, cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            var wait = exception.RetryAfter ?? _pause;
            call?.Refused(wait);
            throw GroqErrors.Resting(wait);
        }
    }

    /// <summary>For what is not worth a trial, such as a title: nothing is counted, and nothing sent while the circuit is
    /// open.</summary>
    /// <exception cref="GroqException">The circuit is open.</exception>
    internal void ThrowIfOpen(GroqCall call)
    {
        if (_state.CircuitState is CircuitState.Closed) return;
        call.Refused(_pause);
        throw GroqErrors.Resting(_pause);
    }

    // A trial that a person stopped has shown nothing: the circuit stays open.
    private bool Counts(Exception exception) => exception switch
    {
        GroqException { Status: null, Code: "provider_unreachable" or "provider_timeout" or "provider_disconnected" } => true,
        GroqException { Status: >= 500, IsAboutTools: false } => true,
        OperationCanceledException => _state.CircuitState is CircuitState.HalfOpen,
        _ => false,
    };

    private static partial class Log
    {
        [LoggerMessage(203, LogLevel.Warning, "The provider failed several times in a row: it is not asked for {Seconds} s")]
        public static partial void Opened(ILogger logger, int seconds);

        [LoggerMessage(204, LogLevel.Information, "The provider answers again")]
        public static partial void Closed(ILogger logger);
    }
}
