using System.Collections;
using Microsoft.Extensions.Logging;

namespace TahoChat.ServiceDefaults.Logging;

/// <summary>Stands before every logging provider: whatever is logged, by us or by the framework, reaches the console and OTLP
/// redacted, values, scopes and exceptions included.</summary>
internal sealed class RedactingLoggerFactory(ILoggerFactory inner, Redactor redactor) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName), redactor);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class RedactingLogger(ILogger inner, Redactor redactor) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull =>
            inner.BeginScope(new RedactedState(state, null, redactor));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel)) return;
            var message = redactor.Line(formatter(state, exception));
            inner.Log(logLevel, eventId, new RedactedState(state, message, redactor), redactor.Exception(exception), static (redacted, _) => redacted.ToString());
        }
    }

    /// <summary>The values of a line or scope, each redacted when it is asked for.</summary>
    private sealed class RedactedState(object? state, string? message, Redactor redactor) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly IReadOnlyList<KeyValuePair<string, object?>> _values = state switch
        {
            IReadOnlyList<KeyValuePair<string, object?>> list => list,
            IEnumerable<KeyValuePair<string, object?>> values => [.. values],
            _ => [],
        };

        public int Count => _values.Count;

        public KeyValuePair<string, object?> this[int index] => new(_values[index].Key, redactor.Value(_values[index].Value));

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            for (var index = 0; index < Count; index++) yield return this[index];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => message ?? redactor.Line(state?.ToString());
    }
}
