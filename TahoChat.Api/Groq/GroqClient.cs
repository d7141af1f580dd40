using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using TahoChat.Api.Settings;
using TahoChat.Api.Telemetry;
using TahoChat.ServiceDefaults;

namespace TahoChat.Api.Groq;

/// <summary>Groq's wire protocol, or that of another server that speaks it.</summary>
/// <remarks>
/// A completion is sent again only before its first text, reasoning included: what was shown stays, and a second attempt
/// would say something else. What people may see of a failure is in <see cref="GroqException"/>; what the provider said is
/// in the log, redacted.
/// </remarks>
public sealed class GroqClient(
    IHttpClientFactory clients,
    GroqEndpoint endpoint,
    GroqSettings settings,
    LimitKeeper limits,
    ContentCapture capture,
    ProviderCircuit circuit,
    GroqMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "groq";

    private static readonly TimeSpan _wholeReply = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _modelList = TimeSpan.FromSeconds(10);

    private readonly GroqFailures _failures = new(settings, time, loggers.CreateLogger<GroqClient>());
    private readonly GroqTelemetry _telemetry = new(capture, endpoint, metrics, time);

    /// <summary>The completion as it comes: reasoning and content in pieces, then exactly one end.</summary>
    /// <exception cref="GroqException">It failed; what came before stays true.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async IAsyncEnumerable<GroqDelta> StreamAsync(GroqRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _telemetry.Begin(request, stream: true);
        using var watchdog = new Watchdog(settings.Timeout, settings.Gap, time, cancellationToken);
        // The inner guard names the failure for the circuit, the outer one what the circuit says.
        var (first, stream) = await GroqFailures.GuardAsync(
            () => circuit.RunAsync(() => GroqFailures.GuardAsync(() => OpenAsync(request, watchdog, call), watchdog, call), call, watchdog.Token),
            watchdog,
            call);
        await using (stream)
        {
            call.FirstChunk();
            Func<ValueTask<GroqDelta?>> next = stream.ReadAsync;
            for (var delta = first; delta is { } step; delta = await GroqFailures.GuardAsync(next, watchdog, call))
            {
                call.Take(step, stream.Model);
                yield return step;
            }
        }
    }

    /// <summary>The completion in one piece: for titles and the like, which neither open the circuit nor try whether the provider
    /// is back.</summary>
    /// <exception cref="GroqException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<GroqReply> CompleteAsync(GroqRequest request, CancellationToken cancellationToken)
    {
        using var call = _telemetry.Begin(request, stream: false);
        using var watchdog = new Watchdog(_wholeReply, settings.Gap, time, cancellationToken);
        var reply = await GroqFailures.GuardAsync(
            () =>
            {
                circuit.ThrowIfOpen(call);
                return _failures.RetryAsync(() => ReadAsync(request, watchdog, call), request, watchdog, call);
            },
            watchdog,
            call);
        call.Finish(reply);
        return reply;
    }

    /// <summary>The provider's models, as it lists them. Not sent again when it fails.</summary>
    /// <exception cref="GroqException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<IReadOnlyList<GroqModel>> ListModelsAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, "models", null, _modelList, static body => GroqModelReader.Read(body), cancellationToken);

    /// <summary>Posts what is no completion and gives what <paramref name="read"/> finds in the answer. Not sent again when it
    /// fails.</summary>
    /// <exception cref="GroqException">It failed, or took longer than <paramref name="longest"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<T> PostAsync<T>(string path, HttpContent content, TimeSpan longest, Func<byte[], T> read, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, path, content, longest, read, cancellationToken);

    private async Task<T> AskAsync<T>(
        HttpMethod method, string path, HttpContent? content, TimeSpan longest, Func<byte[], T> read, CancellationToken cancellationToken)
    {
        using var watchdog = new Watchdog(longest, settings.Gap, time, cancellationToken);
        return await GroqFailures.GuardAsync(
            async () =>
            {
                using var response = await SendAsync(method, path, content, watchdog);
                return read(await GroqAnswer.ReadBodyAsync(response, watchdog.Token));
            },
            watchdog,
            call: null);
    }

    // The first step is read inside the retry: until there is text, the answer may still be an error.
    private ValueTask<(GroqDelta? First, GroqStream Stream)> OpenAsync(GroqRequest request, Watchdog watchdog, GroqCall call) =>
        _failures.RetryAsync(
            async () =>
            {
                var stream = await OpenOnceAsync(request, watchdog, call);
                try
                {
                    return (await stream.ReadAsync(), stream);
                }
                catch
                {
                    await stream.DisposeAsync();
                    throw;
                }
            },
            request,
            watchdog,
            call);

    private async Task<GroqStream> OpenOnceAsync(GroqRequest request, Watchdog watchdog, GroqCall call)
    {
        var response = await PostAsync(request, stream: true, watchdog, call);
        try
        {
            return response.Content.Headers.ContentType?.MediaType switch
            {
                "application/json" => new GroqStream(response, await GroqAnswer.ReadReplyAsync(response, _failures, watchdog.Token), watchdog, _failures),
                "text/html" => throw new InvalidDataException("The answer is a page."),
                _ => new GroqStream(response, await response.Content.ReadAsStreamAsync(watchdog.Token), watchdog, _failures),
            };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<GroqReply> ReadAsync(GroqRequest request, Watchdog watchdog, GroqCall call)
    {
        using var response = await PostAsync(request, stream: false, watchdog, call);
        return await GroqAnswer.ReadReplyAsync(response, _failures, watchdog.Token);
    }

    private async Task<HttpResponseMessage> PostAsync(GroqRequest request, bool stream, Watchdog watchdog, GroqCall call)
    {
        using var content = new ReadOnlyMemoryContent(GroqRequestJson.Write(request, stream, _failures.Dialect));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.OnSending?.Invoke();
        return await SendAsync(HttpMethod.Post, "chat/completions", content, watchdog, request, call.Resends);
    }

    /// <summary>Sends a request; where it is a completion, <paramref name="asked"/> is what is in it, and
    /// <paramref name="resends"/> how often it was sent before.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, Watchdog watchdog, GroqRequest? asked = null, int resends = 0)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint.BaseUrl ?? throw GroqErrors.Unreachable(), path)) { Content = content };
        GroqAnswer.Note(request, asked);
        request.Headers.Accept.ParseAdd(asked is null ? "application/json" : "text/event-stream, application/json");
        if (settings.ApiKey is { Length: > 0 } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Checked(key));
        if (resends > 0) request.Options.Set(Tracing.ResendCount, resends);
        var response = await clients.CreateClient(HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watchdog.Token);
        if (asked is not null) limits.Saw(asked.Model, response.Headers);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await _failures.OfAnswerAsync(response, watchdog.Token);
    }

    // HttpClient's own complaint about such a key would quote it.
    private static string Checked(string key) =>
        key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new GroqException("provider_unauthorized", "The API key holds characters that no key has. Please check GROQ_API_KEY.")
            : key;
}
