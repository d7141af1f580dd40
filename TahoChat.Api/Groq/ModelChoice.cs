namespace TahoChat.Api.Groq;

/// <summary>The model that answers, and what to tell where it is not the one that was asked for.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="ContextWindow">In tokens; null where the provider does not say, or could not be asked.</param>
/// <param name="Notice">A sentence for people, or null.</param>
public sealed record ModelChoice(string Model, int? ContextWindow = null, string? Notice = null);
