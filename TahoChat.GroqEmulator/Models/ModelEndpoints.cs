using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Models;

/// <summary>The list of models, and one of them.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openai/v1/models", (HttpContext context, CancellationToken cancellationToken) =>
            GroqJson.WriteAsync(context, StatusCodes.Status200OK, new GroqModelList("list", ModelCatalog.Models), cancellationToken));

        // A model's name has a slash, which some clients escape; routing leaves that escape alone.
        routes.MapGet("/openai/v1/models/{**id}", (string id, HttpContext context, CancellationToken cancellationToken) =>
            GroqJson.WriteAsync(context, StatusCodes.Status200OK, ModelCatalog.Find(Uri.UnescapeDataString(id)), cancellationToken));
    }
}
