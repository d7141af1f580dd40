using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.Tests.GroqEmulator;

/// <summary>The emulator on a port of its own, as fast as it can unless a request says otherwise.</summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;

    private EmulatorHost(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = _patience };
    }

    public HttpClient Client { get; }

    public EmulatorRecord Record => _app.Services.GetRequiredService<EmulatorRecord>();

    public static Task<EmulatorHost> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero }, cancellationToken);

    public static Task<EmulatorHost> StartAsync(GroqEmulatorOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, [], cancellationToken);

    /// <param name="settings">Configuration that the hosting program happens to have.</param>
    public static Task<EmulatorHost> StartAsync(
        GroqEmulatorOptions options, (string Name, string Value)[] settings, CancellationToken cancellationToken) =>
        StartAsync(options, settings, TimeProvider.System, cancellationToken);

    public static async Task<EmulatorHost> StartAsync(
        GroqEmulatorOptions options, (string Name, string Value)[] settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var app = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder =>
        {
            foreach (var (name, value) in settings) builder.Configuration[name] = value;
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton(time);
        });
        await app.StartAsync(cancellationToken);
        return new EmulatorHost(app);
    }

    /// <summary>A request's body for one user message.</summary>
    public static JsonObject Body(string message, bool stream = true, string model = "openai/gpt-oss-20b") => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = message }),
        ["stream"] = stream,
    };

    public Task<HttpResponseMessage> PostAsync(JsonObject body, CancellationToken cancellationToken) =>
        PostAsync(body, [], cancellationToken);

    /// <summary>Posts and returns as soon as the headers are there.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        JsonObject body, (string Name, string Value)[] headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/chat/completions");
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Posts and reads the whole stream.</summary>
    public async Task<StreamTranscript> StreamAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        return new StreamTranscript(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Posts and reads the completion, which comes in one piece.</summary>
    public async Task<JsonElement> AskAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The text of a completion.</summary>
    public static string Content(JsonElement completion) =>
        completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    /// <summary>Posts a request that is to fail and returns its status and error.</summary>
    public async Task<(int Status, JsonElement Error)> FailAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return ((int)response.StatusCode, answer.GetProperty("error"));
    }

    /// <summary>The latest request, as soon as it is as wanted.</summary>
    public async Task<RecordedRequest> WaitForAsync(Func<RecordedRequest, bool> isAsWanted, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        while (true)
        {
            if (Record.Requests is [var latest, ..] && isAsWanted(latest)) return latest;
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
