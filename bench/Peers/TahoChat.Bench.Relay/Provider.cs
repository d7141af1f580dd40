using System.Net.Http.Headers;

namespace TahoChat.Bench.Relay;

/// <summary>Asks for completions; the answer is a stream of server-sent events.</summary>
internal sealed class Provider : IDisposable
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");

    private readonly HttpClient _http;

    public Provider(string? address, string? key)
    {
        // An answer that nobody reads is ended at once; by default the handler reads on for two seconds.
        var handler = new SocketsHttpHandler { UseProxy = false, ResponseDrainTimeout = TimeSpan.Zero };
        _http = new HttpClient(handler) { BaseAddress = new Uri(address ?? "https://api.groq.com") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <param name="message">The inside of a JSON string, escapes and all.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">It could not be reached, or refused.</exception>
    public async Task<HttpResponseMessage> AskAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] body =
        [
            .. "{\"model\":\"openai/gpt-oss-120b\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""u8,
            .. message.Span,
            .. "\"}]}"u8,
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/chat/completions")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = _json } },
        };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw new HttpRequestException($"The provider answered {(int)response.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();
}
