namespace TahoChat.Api.Groq;

/// <summary>Asks for the models once at start, in the background: the first message need not wait for them.</summary>
internal sealed class ModelWarmUp(ModelCatalog catalog) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => catalog.RefreshAsync(stoppingToken);
}
