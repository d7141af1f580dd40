using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using TahoChat.Api.Settings;
using TahoChat.Api.Telemetry.Otlp;

namespace TahoChat.Api.Telemetry.Browser;

/// <summary>Sends spans to where the API's own go, in the same protocol and with the same headers.</summary>
internal sealed class TraceExporter : IDisposable
{
    private readonly OtlpSettings _settings;
    private readonly HttpClient _http;
    private readonly GrpcChannel? _channel;
    private readonly Metadata _metadata = [];

    public TraceExporter(OtlpSettings settings)
    {
        _settings = settings;
        // Without a propagator the handler makes no spans of its own.
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !settings.Endpoint.IsLoopback,
            ConnectTimeout = BrowserTraceLimits.Forward,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler) { Timeout = BrowserTraceLimits.Forward };
        if (!settings.IsGrpc) return;
        var options = new GrpcChannelOptions { HttpClient = _http, ThrowOperationCanceledOnCancellation = true };
        _channel = GrpcChannel.ForAddress(settings.Endpoint.GetLeftPart(UriPartial.Authority), options);
        foreach (var (name, value) in settings.Headers) _metadata.Add(name, value);
    }

    /// <exception cref="HttpRequestException">It was not taken.</exception>
    /// <exception cref="RpcException">It was not taken.</exception>
    /// <exception cref="OperationCanceledException">It was given up, or took longer than it may.</exception>
    public async Task SendAsync(ExportTraceServiceRequest request, CancellationToken cancellationToken)
    {
        if (_channel is not null)
        {
            await new TraceService.TraceServiceClient(_channel).ExportAsync(
                request, _metadata, DateTime.UtcNow + BrowserTraceLimits.Forward, cancellationToken);
            return;
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, _settings.Endpoint) { Content = new ByteArrayContent(request.ToByteArray()) };
        message.Content.Headers.ContentType = new("application/x-protobuf");
        foreach (var (name, value) in _settings.Headers) message.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _channel?.Dispose();
        _http.Dispose();
    }
}
