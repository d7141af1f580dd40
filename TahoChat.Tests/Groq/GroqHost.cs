using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Groq;

/// <summary>The services that <c>AddGroq</c> adds, on top of a standard resilience handler for every client as the service
/// defaults add it, with the logs kept and the bytes counted that the client took from its connection.</summary>
internal sealed class GroqHost : IAsyncDisposable
{
    public const string Key = "gsk_canaryKey0123456789";

    private readonly WebApplication _app;

    public GroqHost(Uri? baseUrl, Func<GroqSettings, GroqSettings>? change = null, TimeProvider? time = null)
    {
        var settings = new GroqSettings { BaseUrl = baseUrl, ApiKey = Key };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        if (time is not null) builder.Services.AddSingleton(time);
        builder.AddGroq(change?.Invoke(settings) ?? settings);
        builder.Services.AddHttpClient(GroqClient.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler((handler, _) => ((SocketsHttpHandler)handler).ConnectCallback = ConnectAsync);
        _app = builder.Build();
    }

    public LogSink Logs { get; } = new();

    /// <summary>What the client read from its latest connection.</summary>
    public ByteCounter BytesRead { get; } = new();

    public GroqClient Client => Get<GroqClient>();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static GroqRequest Request(string text = "Hello", string model = "openai/gpt-oss-20b") => new(model, [new GroqMessage("user", text)]);

    public async Task<List<GroqDelta>> ReadAllAsync() =>
        await Client.StreamAsync(Request(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>The deltas that came, and how it failed.</summary>
    public async Task<(List<GroqDelta> Deltas, GroqException Failure)> ReadToFailureAsync()
    {
        var deltas = new List<GroqDelta>();
        var failure = await Assert.ThrowsAsync<GroqException>(async () =>
        {
            await foreach (var delta in Client.StreamAsync(Request(), TestContext.Current.CancellationToken)) deltas.Add(delta);
        });
        return (deltas, failure);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        BytesRead.Restart();
        return new CountingStream(socket, BytesRead);
    }

    private sealed class CountingStream(Socket socket, ByteCounter counter) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            counter.Add(count);
            return count;
        }
    }
}

/// <summary>Counts, and lets others wait for a count.</summary>
internal sealed class ByteCounter
{
    private readonly Lock _lock = new();
    private long _count;
    private (long Count, TaskCompletionSource Reached)? _waiter;

    public void Restart()
    {
        lock (_lock) _count = 0;
    }

    public void Add(int count)
    {
        lock (_lock)
        {
            _count += count;
            if (_waiter is { } waiter && _count >= waiter.Count) waiter.Reached.TrySetResult();
        }
    }

    public Task ReachedAsync(long count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_count >= count) return Task.CompletedTask;
            _waiter = (count, reached);
            return reached.Task;
        }
    }
}

/// <summary>Keeps every log line, exceptions and scopes included.</summary>
internal sealed class LogSink : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Sink(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Sink(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            sink.Lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
    }
}

/// <summary>A clock that stands still but for the waits before retries, which are over at once. They have jitter, and so are
/// never one of the time limits.</summary>
internal sealed class RetryClock : FakeTimeProvider
{
    private static readonly TimeSpan _errorBodyLimit = TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= GroqWait.Budget && dueTime != _errorBodyLimit)
        {
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
