using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(TahoChat.Tests.Telemetry.Canary))]

namespace TahoChat.Tests.Telemetry;

/// <summary>Listens to every span, metric, log line and health answer of the whole test run; at its end none of them may hold
/// the API's key or what was written in any conversation. What the run captured on purpose is left out by its attributes'
/// names.</summary>
public sealed class Canary : IDisposable
{
    /// <summary>The key that the tests' servers have.</summary>
    public const string Key = "gsk_canary0Jt7uQx2ZpVb9LrWm4Ys";

    /// <summary>Shorter texts may be in a log line by chance.</summary>
    private const int ShortestText = 24;

    private const int LongestText = 60;
    private const int FewestLetters = 6;
    private const int MostTexts = 20_000;
    private const int MostLines = 500_000;

    /// <summary>Where captured messages belong, and nowhere else.</summary>
    internal static readonly HashSet<string> CapturedAttributes =
    [
        "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions",
        "gen_ai.tool.call.arguments", "gen_ai.tool.call.result",
    ];

    private static readonly ConcurrentDictionary<string, string> _lines = new();
    private static readonly ConcurrentDictionary<string, bool> _texts = new();
    private static readonly ConcurrentDictionary<string, bool> _leaks = new();

    private readonly ActivityListener _spans = new()
    {
        ShouldListenTo = source => source.Name.StartsWith("TahoChat", StringComparison.Ordinal) || source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || source.Name.StartsWith("System.Net", StringComparison.Ordinal),
        Sample = (ref _) => ActivitySamplingResult.None,
        ActivityStopped = Saw,
    };

    private readonly MeterListener _metrics = new()
    {
        InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("TahoChat", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        },
    };

    public Canary()
    {
        ActivitySource.AddActivityListener(_spans);
        _metrics.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Saw(instrument, tags));
        _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Saw(instrument, tags));
        _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Saw(instrument, tags));
        _metrics.Start();
    }

    /// <summary>Takes note of a line of <paramref name="source"/>.</summary>
    public static void Saw(string source, string? line)
    {
        if (string.IsNullOrEmpty(line)) return;
        if (line.Contains(Key, StringComparison.Ordinal)) _leaks.TryAdd($"The key is in {source}: {line}", true);
        if (_lines.Count < MostLines) _lines.TryAdd(line, source);
    }

    /// <summary>The texts of a database's messages are found in no line of the run.</summary>
    public static void Keep(string database)
    {
        if (!File.Exists(database) || _texts.Count > MostTexts) return;
        try
        {
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT substr(trim(content), 1, {LongestText}) FROM messages WHERE length(trim(content)) >= {ShortestText} LIMIT 100";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                // A text of one letter may stand in a line for other reasons.
                if (reader.GetString(0) is var text && text.Distinct().Count() >= FewestLetters) _texts.TryAdd(text, true);
            }
        }
        catch (SqliteException)
        {
            // A test broke this database on purpose.
        }
    }

    /// <exception cref="InvalidOperationException">Something leaked; the message says what, and where to.</exception>
    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
        var texts = SearchValues.Create([.. _texts.Keys], StringComparison.Ordinal);
        var leaks = _lines.Where(line => line.Key.AsSpan().IndexOfAny(texts) >= 0).Select(line => $"A conversation's text is in {line.Value}: {line.Key}");
        string[] all = [.. _leaks.Keys, .. leaks];
        Console.WriteLine($"The canary saw {_lines.Count} lines and {_texts.Count} texts.");
        if (all.Length > 0) throw new InvalidOperationException(string.Join('\n', all.Take(20)));
    }

    private static void Saw(Activity span)
    {
        var source = $"the span {span.OperationName}";
        Saw(source, span.DisplayName);
        Saw(source, span.StatusDescription);
        Saw(source, span.TagObjects);
        foreach (var item in span.Events) Saw(source, item.Tags);
    }

    private static void Saw(string source, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (CapturedAttributes.Contains(name)) continue;
            if (value is string text) Saw($"{source} ({name})", text);
            else if (value is IEnumerable<string> texts) Saw($"{source} ({name})", string.Join('\n', texts));
        }
    }

    private static void Saw(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags) Saw($"the metric {instrument.Name} ({name})", value as string);
    }

    /// <summary>Hears the log of a server.</summary>
    internal sealed class LogProvider : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Listener(categoryName);

        public void Dispose()
        {
        }

        private sealed class Listener(string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                Saw($"the log {category}", exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}");
        }
    }

    /// <summary>Hears what the server says of itself.</summary>
    internal sealed class AnswerListener(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private static readonly string[] _paths = ["/health", "/alive", "/limits", "/telemetry"];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri is { } uri && _paths.Contains(uri.AbsolutePath))
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                Saw($"the answer of {uri.AbsolutePath}", await response.Content.ReadAsStringAsync(cancellationToken));
            }

            return response;
        }
    }
}
