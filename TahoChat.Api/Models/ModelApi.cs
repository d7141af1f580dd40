using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Models;

/// <summary>A model that can answer. Sizes are in tokens, where the provider tells them. <paramref name="Features"/> are those
/// of <c>tools</c>, <c>vision</c>, <c>reasoning</c> and <c>json</c> that the provider lists;
/// <paramref name="ReasoningEfforts"/> is empty where there is nothing to choose, or it is not known.</summary>
public sealed record ModelResponse(
    string Id,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ContextWindow,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxCompletionTokens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OwnedBy,
    bool Reasoning,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> ReasoningEfforts);

/// <summary>Who answers. <paramref name="Provider"/> is <c>groq</c>, <c>custom</c> (another server at
/// <c>GROQ_BASE_URL</c>) or <c>emulator</c>; <paramref name="Notice"/> says why another model answers than
/// <c>GROQ_MODEL</c>; <paramref name="SpeechModel"/> writes down what is spoken, and is missing where the provider lists none.</summary>
public sealed record ModelsResponse(
    string Provider,
    string DefaultModel,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice,
    IReadOnlyList<ModelResponse> Models,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpeechModel = null);

/// <summary>The answer of <c>GET /validate-groq-api</c>: <c>valid</c> or <c>invalid</c>, and why in words.</summary>
public sealed record ValidationResponse(string Status, string Message);

/// <summary>The models and the key.</summary>
public static class ModelApi
{
    public static void MapModels(this WebApplication app)
    {
        app.MapGet("/models", ListAsync).WithTags("Service").WithSummary("The models that can answer");
        app.MapGet("/validate-groq-api", ValidateAsync).WithTags("Service").WithSummary("Whether the provider takes the API key");
    }

    private static async Task<Ok<ModelsResponse>> ListAsync(
        ModelCatalog catalog,
        GroqSettings settings,
        [Description("Asks the provider again, even where the list is not old")] bool refresh = false,
        CancellationToken cancellationToken = default)
    {
        if (refresh) await catalog.RefreshSoonAsync(cancellationToken);
        var choice = await catalog.ResolveAsync(null, cancellationToken);
        return TypedResults.Ok(new ModelsResponse(
            ProviderOf(settings), choice.Model, choice.Notice, [.. catalog.Models.Select(Describe)], catalog.SpeechModel));
    }

    /// <summary>Asks the provider, by a call that costs no tokens.</summary>
    private static async Task<Results<Ok<ValidationResponse>, BadRequest<ValidationResponse>>> ValidateAsync(
        GroqClient groq, GroqSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await groq.ListModelsAsync(cancellationToken);
            return TypedResults.Ok(new ValidationResponse("valid", settings switch
            {
                { IsEmulator: true } => "The offline emulator answers; it takes every key. Set GROQ_API_KEY to talk to Groq.",
                { ApiKey: null } => "The provider answers without an API key.",
                _ => "The provider takes the API key.",
            }));
        }
        catch (GroqException exception)
        {
            return TypedResults.BadRequest(new ValidationResponse("invalid", exception.Message));
        }
    }

    private static string ProviderOf(GroqSettings settings) =>
        settings.IsEmulator ? "emulator" : settings.IsGroq ? "groq" : "custom";

    private static ModelResponse Describe(GroqModel model) => new(
        model.Id, model.Name ?? model.Id, model.ContextWindow, model.MaxCompletionTokens, model.OwnedBy,
        model.Features?.Contains("reasoning") ?? false, FeaturesOf(model), Groq.ReasoningEfforts.Of(model.Id, model.Features));

    private static List<string> FeaturesOf(GroqModel model)
    {
        var listed = model.Features ?? [];
        var features = new List<string>();
        if (listed.Contains("tools")) features.Add("tools");
        if (model.InputModalities?.Contains("image") is true) features.Add("vision");
        if (listed.Contains("reasoning")) features.Add("reasoning");
        if (listed.Contains("json_mode") || listed.Contains("structured_outputs")) features.Add("json");
        return features;
    }
}
