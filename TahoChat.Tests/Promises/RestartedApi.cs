using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Record;
using TahoChat.Tests.Processes;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Promises;

/// <summary>The API as a process that is killed and started again on the same folder, before a provider that stays and
/// counts.</summary>
internal sealed class RestartedApi : IAsyncDisposable
{
    /// <summary>Sockets that everybody shares; more than the retries of one command.</summary>
    private const int Wires = 24;

    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication _emulator;
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly Wire?[] _wires = new Wire?[Wires];
    private volatile ApiProcess _api = null!;

    private RestartedApi(WebApplication emulator) => _emulator = emulator;

    public ProcessFolder Folder { get; } = new();

    public EmulatorRecord Provider => _emulator.Services.GetRequiredService<EmulatorRecord>();

    public int Restarts { get; private set; }

    public static async Task<RestartedApi> StartAsync(int requests, CancellationToken cancellationToken)
    {
        var emulator = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero, RecordedRequests = requests });
        });
        await emulator.StartAsync(cancellationToken);
        var api = new RestartedApi(emulator);
        api._api = await api.LaunchAsync(cancellationToken);
        return api;
    }

    /// <summary>Ends it with <paramref name="signal"/>, whatever it is doing, and starts it again.</summary>
    public async Task RestartAsync(string signal, CancellationToken cancellationToken)
    {
        var before = _api;
        await before.SignalAsync(signal, cancellationToken);
        await before.EndAsync(cancellationToken);
        await before.DisposeAsync();
        _api = await LaunchAsync(cancellationToken);
        Restarts++;
    }

    /// <summary>Ends it, so that its database can be read as it is.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _api.SignalAsync("TERM", cancellationToken);
        await _api.EndAsync(cancellationToken);
    }

    public async Task<long> CreateAsync(CancellationToken cancellationToken)
    {
        using var http = _api.Http();
        var created = await http.PostAsJsonAsync("/conversations", new { title = "Shared" }, cancellationToken);
        return (await created.Content.ReadFromJsonAsync<JsonObject>(cancellationToken)).Number("id");
    }

    /// <summary>An open socket; the same one for the same number, as long as it lives.</summary>
    public async Task<Wire> WireAsync(int number, CancellationToken cancellationToken)
    {
        number %= Wires;
        if (_wires[number] is { IsOver: false } open) return open;
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            while (_wires[number] is not { IsOver: false })
            {
                if (_wires[number] is { } over) await over.DisposeAsync();
                _wires[number] = null;
                _wires[number] = await TryConnectAsync(cancellationToken);
                if (_wires[number] is null) await Task.Delay(_again, cancellationToken);
            }

            return _wires[number]!;
        }
        finally
        {
            _connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var wire in _wires)
        {
            if (wire is not null) await wire.DisposeAsync();
        }

        await _api.DisposeAsync();
        await _emulator.DisposeAsync();
        _connecting.Dispose();
        Folder.Dispose();
    }

    private async Task<Wire?> TryConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Wire.ConnectAsync(_api.Address, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException)
        {
            return null;
        }
    }

    private Task<ApiProcess> LaunchAsync(CancellationToken cancellationToken) => ApiProcess.StartAsync(
        Folder, cancellationToken,
        ("PORT", "0"), ("GROQ_BASE_URL", _emulator.Urls.First()), ("GROQ_API_KEY", Canary.Key), ("LOG_LEVEL", "Warning"),
        ("Limits__SendsPerMinute", "10000000"), ("Limits__GrowingReplies", "100000"));
}
