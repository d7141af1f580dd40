namespace TahoChat.Api.Groq;

/// <summary>A model as <c>GET /models</c> of the provider has it. What a server leaves out is null, and a model without
/// <c>active</c> is active.</summary>
public sealed record GroqModel(
    string Id,
    string? Name = null,
    string? OwnedBy = null,
    bool Active = true,
    int? ContextWindow = null,
    int? MaxCompletionTokens = null,
    IReadOnlyList<string>? InputModalities = null,
    IReadOnlyList<string>? OutputModalities = null,
    IReadOnlyList<string>? Features = null);
