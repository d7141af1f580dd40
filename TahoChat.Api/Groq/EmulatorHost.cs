using TahoChat.Api.Settings;
using TahoChat.GroqEmulator;

namespace TahoChat.Api.Groq;

/// <summary>The offline emulator inside this process, where neither a key nor an address is set: on a loopback port of its
/// own, so that nothing of it can be reached through ours. There before anything else starts, gone after all else.</summary>
internal sealed partial class EmulatorHost(GroqSettings settings, GroqEndpoint endpoint, ILogger<EmulatorHost> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private WebApplication? _emulator;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!settings.IsEmulator || settings.BaseUrl is not null) return;
        _emulator = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], Quieten);
        await _emulator.StartAsync(cancellationToken);
        endpoint.BaseUrl = new Uri(new Uri(_emulator.Urls.First()), "/openai/v1/");
        Log.Listening(logger, endpoint.BaseUrl);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_emulator is not null) await _emulator.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null) await _emulator.DisposeAsync();
        _emulator = null;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The process has one host that speaks and listens to signals, and it is not this one.
    private static void Quieten(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(209, LogLevel.Debug, "The emulator listens on {Address}")]
        public static partial void Listening(ILogger logger, Uri address);
    }
}
