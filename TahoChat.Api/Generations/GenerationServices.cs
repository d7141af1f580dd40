using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>Registers the generation mechanism.</summary>
public static class GenerationServices
{
    public static void AddGenerations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Limits").Get<Limits>() ?? new Limits());
        builder.Services.AddSingleton<ClientCaps>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<ChatMetrics>();
        builder.Services.AddHostedService<ChatGauges>();
        builder.Services.AddSingleton<ProviderState>();
        builder.Services.AddSingleton<TitleKeeper>();
        builder.Services.AddSingleton<GenerationRunner>();
        builder.Services.AddSingleton<TurnRunner>();
        builder.Services.AddSingleton<GenerationHub>();
        builder.Services.AddSingleton<QueueKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<QueueKeeper>());
        builder.Services.AddHostedService<GenerationCheckpointer>();
    }
}
