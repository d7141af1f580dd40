using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TahoChat.Api.Data;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Record;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests;

/// <summary>The whole API as a person starts it, on a loopback port of its own: real Kestrel, a real SQLite file in a
/// folder of its own, the emulator behind a real socket. Only the settings differ.</summary>
public sealed class TestApi : IAsyncDisposable
{
    private static readonly GroqEmulatorOptions _fast = new()
    {
        TokensPerSecond = 0,
        FirstToken = TimeSpan.Zero,
        RecordedRequests = 4096,
    };

    private readonly Factory _factory;
    private readonly WebApplication _emulator;
    private readonly bool _ownsFolder;

    private TestApi(Factory factory, WebApplication emulator, string folder, bool ownsFolder)
    {
        (_factory, _emulator, Folder, _ownsFolder) = (factory, emulator, folder, ownsFolder);
        Address = factory.ClientOptions.BaseAddress;
        Http = new HttpClient(new Canary.AnswerListener(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where the database is, <c>chat.db</c>.</summary>
    public string Folder { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>What the provider was asked.</summary>
    public EmulatorRecord Provider => _emulator.Services.GetRequiredService<EmulatorRecord>();

    /// <summary>Starts it on a new database, or on the one in <paramref name="folder"/>. Settings by the names of the
    /// environment; the emulator answers at once and fast unless a prompt's directive says otherwise.</summary>
    public static async Task<TestApi> StartAsync(
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? settings = null,
        string? folder = null,
        Action<IServiceCollection>? services = null,
        GroqEmulatorOptions? provider = null)
    {
        var emulator = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(provider ?? _fast);
        });
        await emulator.StartAsync(cancellationToken);
        var ownFolder = folder ?? Directory.CreateTempSubdirectory("tahochat-").FullName;
        var all = new Dictionary<string, string?>
        {
            ["HOST"] = "127.0.0.1",
            ["PORT"] = "0",
            ["DATABASE_URL"] = Path.Combine(ownFolder, "chat.db"),
            ["GROQ_BASE_URL"] = emulator.Urls.First(),
            ["GROQ_API_KEY"] = Canary.Key,
            ["Limits:SendsPerMinute"] = "100000",
            ["Limits:GrowingReplies"] = "1000",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) all[name] = value;
        var factory = new Factory(all, services);
        factory.UseKestrel(0);
        factory.StartServer();
        return new TestApi(factory, emulator, ownFolder, folder is null);
    }

    /// <summary>A new socket to <c>/ws/chat</c>.</summary>
    public Task<TestSocket> ConnectAsync(CancellationToken cancellationToken) =>
        TestSocket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/ws/chat" }.Uri, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _factory.DisposeAsync();
        await _emulator.DisposeAsync();
        Canary.Keep(Path.Combine(Folder, "chat.db"));
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private sealed class Factory(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services)
        : WebApplicationFactory<ChatDbContext>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureTestServices(all => all.AddSingleton<ILoggerProvider, Canary.LogProvider>());
            if (services is not null) builder.ConfigureTestServices(services);
        }

        /// <summary>The API binds its own port. The factory's own method sets one too, while the server may be starting.</summary>
        protected override IHost CreateHost(IHostBuilder builder)
        {
            var host = builder.Build();
            host.Start();
            return host;
        }
    }
}
