namespace TahoChat.Api.Conversations;

/// <summary>What a conversation asks of its model beside its messages; null is the default.</summary>
/// <param name="SystemPrompt">What the model is told before the messages.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="MaxCompletionTokens">The most tokens of a reply, reasoning included.</param>
public sealed record ReplySettings(string? SystemPrompt = null, double? Temperature = null, int? MaxCompletionTokens = null)
{
    /// <summary>The system prompt as it is kept: a blank one is none.</summary>
    internal string? Prompt => SystemPrompt is null || KeptText.WithoutNul(SystemPrompt) is var kept && string.IsNullOrWhiteSpace(kept) ? null : kept;

    internal bool IsEmpty => this is { SystemPrompt: null, Temperature: null, MaxCompletionTokens: null };
}
