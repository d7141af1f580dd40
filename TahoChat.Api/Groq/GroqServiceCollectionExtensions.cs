using System.Net;
using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TahoChat.Api.Settings;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Groq;

/// <summary>Everything between us and the provider.</summary>
public static class GroqServiceCollectionExtensions
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds the client, its models, titles, and the emulator where that takes Groq's place.</summary>
    public static IHostApplicationBuilder AddGroq(this IHostApplicationBuilder builder, GroqSettings settings)
    {
        var services = builder.Services;
        services.TryAddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ContentCapture.From(builder.Configuration));
        services.AddSingleton<GroqEndpoint>();
        services.AddSingleton<LimitKeeper>();
        services.AddSingleton<ProviderCircuit>();
        services.AddSingleton<GroqMetrics>();
        services.AddSingleton<GroqClient>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<IChatClient, GroqChatClient>();
        services.AddSingleton<TitleWriter>();
        services.AddHostedService<EmulatorHost>();
        services.AddHostedService<ModelWarmUp>();
        AddHttpClient(services, settings);
        return builder;
    }

    private static void AddHttpClient(IServiceCollection services, GroqSettings settings)
    {
        var client = services.AddHttpClient(GroqClient.HttpClientName, http =>
        {
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.Add("User-Agent", $"TahoChat/{Version}");
        });
        // A turn's trace and line tell of its requests; the factory's own lines would name each twice.
        client.RemoveAllLoggers();
        // The connections live as long as the handler says, not the factory's two minutes.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.ConfigurePrimaryHttpMessageHandler(() => HandlerFor(settings));
#pragma warning disable EXTEXP0001 // The only way out of the standard handler that the service defaults add to every client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    /// <summary>The handler at the bottom: one per process.</summary>
    internal static SocketsHttpHandler HandlerFor(GroqSettings settings) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // HttpClient would send even loopback calls through http_proxy.
        UseProxy = settings.BaseUrl is { IsLoopback: false },
        ConnectTimeout = _connectTimeout,
        PooledConnectionLifetime = _connectionLifetime,
        AutomaticDecompression = DecompressionMethods.None,
    };

    private static string Version =>
        typeof(GroqClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
