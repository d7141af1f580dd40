using TahoChat.Api.Lifetime;

namespace TahoChat.Api.Groq;

/// <summary>Asks for the models once, in the background: the first message need not wait for them. Not before the server
/// listens: a start that is refused asks nobody.</summary>
internal sealed class ModelWarmUp(ModelCatalog catalog, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.SettledAsync(stoppingToken);
        await catalog.RefreshAsync(stoppingToken);
    }
}
