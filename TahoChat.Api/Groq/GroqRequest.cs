namespace TahoChat.Api.Groq;

/// <summary>One message of a completion request. <paramref name="Role"/> is <c>system</c>, <c>user</c> or
/// <c>assistant</c>.</summary>
public sealed record GroqMessage(string Role, string Content);

/// <summary>A request for a completion. <paramref name="MaxCompletionTokens"/> counts reasoning and content together
/// and is charged against the tokens-per-minute limit up front.</summary>
public sealed record GroqRequest(
    string Model,
    IReadOnlyList<GroqMessage> Messages,
    int? MaxCompletionTokens = null,
    string? ReasoningEffort = null,
    double? Temperature = null);
