using System.Text;

namespace TahoChat.Api.Groq;

/// <summary>Makes a conversation fit its model by leaving out the oldest turns.</summary>
public static class HistoryTrimmer
{
    /// <summary>Taken for a model whose context window is not known: less than any chat model that Groq serves has
    /// (131,072), more than most conversations need.</summary>
    public const int DefaultContextWindow = 32 * 1024;

    // A token of o200k (gpt-oss) or Qwen's is 4 to 5 bytes of English, 3 of code, 3 and more of Chinese or Cyrillic: three
    // bytes a token errs on the safe side. Base64 and long digits are worse; for those the provider has the last word.
    private const int BytesPerToken = 3;

    // Qwen's eyes take a token for each 28 × 28 pixels: 4,012 for 2048 × 1536, the largest photo that the browser sends.
    private const int TokensPerImage = 4096;

    // Role and separators: OpenAI's cookbook counts 3 for a message and 3 for the reply's beginning; harmony has one more.
    private const int TokensPerMessage = 4;

    /// <summary>The messages that fit, in their order. System messages, and the last user message with all that follows, stay
    /// whatever their size; of the others, turns are dropped whole and oldest first.</summary>
    /// <param name="messages">Oldest first.</param>
    /// <param name="contextWindow">Of the model, in tokens; null where it is not known.</param>
    /// <param name="maxCompletionTokens">What is kept free for the reply, at most half of the window.</param>
    /// <param name="last">Messages that follow and stay.</param>
    /// <param name="tools">What is offered beside the messages.</param>
    public static IReadOnlyList<GroqMessage> Trim(
        IReadOnlyList<GroqMessage> messages,
        int? contextWindow,
        int? maxCompletionTokens,
        IReadOnlyList<GroqMessage>? last = null,
        IReadOnlyList<GroqTool>? tools = null)
    {
        var tail = last ?? [];
        var taken = tail.Sum(EstimateTokens) + EstimateTokens(tools ?? []);
        var window = Math.Max(0, (contextWindow is > 0 ? contextWindow.Value : DefaultContextWindow) - taken);
        var fitting = TrimTo(messages, window, maxCompletionTokens);
        return tail.Count == 0 ? fitting : [.. fitting, .. tail];
    }

    /// <summary>What the window leaves of the tokens that a reply may have, half of the window at least: a provider refuses a
    /// request that asks for more than there is beside the messages.</summary>
    public static int Room(IReadOnlyList<GroqMessage> messages, int? contextWindow, int maxCompletionTokens, IReadOnlyList<GroqTool>? tools = null)
    {
        var window = contextWindow is > 0 ? contextWindow.Value : DefaultContextWindow;
        var free = window - messages.Sum(EstimateTokens) - EstimateTokens(tools ?? []);
        return (int)Math.Min(maxCompletionTokens, Math.Max(free, Math.Max(1, window / 2)));
    }

    private static IReadOnlyList<GroqMessage> TrimTo(IReadOnlyList<GroqMessage> messages, long window, int? maxCompletionTokens)
    {
        var budget = window - Math.Clamp(maxCompletionTokens ?? 0, 0, window / 2);
        var total = messages.Sum(EstimateTokens);
        if (total <= budget) return messages;

        var dropped = new bool[messages.Count];
        var last = LastUserMessage(messages);
        for (var index = 0; index < last && (total > budget || !StartsTurn(messages[index])); index++)
        {
            // Within a turn that has begun to go, the rest goes too; a system message is no part of one.
            if (IsSystem(messages[index])) continue;
            dropped[index] = true;
            total -= EstimateTokens(messages[index]);
        }

        return [.. messages.Where((_, index) => !dropped[index])];
    }

    /// <summary>A message's tokens, rather too many than too few.</summary>
    public static long EstimateTokens(GroqMessage message) =>
        TokensPerMessage + EstimateTokens(message.Content) + ((message.Images?.Count ?? 0) * TokensPerImage)
        + (message.ToolCalls?.Sum(call => TokensPerMessage + EstimateTokens(call.Name) + EstimateTokens(call.Arguments)) ?? 0);

    /// <summary>The tokens of the tools that a request offers.</summary>
    public static long EstimateTokens(IReadOnlyList<GroqTool> tools) => tools.Sum(tool =>
        TokensPerMessage + EstimateTokens(tool.Name) + EstimateTokens(tool.Description) + EstimateTokens(tool.Parameters.GetRawText()));

    private static long EstimateTokens(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;

    private static int LastUserMessage(IReadOnlyList<GroqMessage> messages)
    {
        for (var index = messages.Count - 1; index >= 0; index--)
        {
            if (messages[index].Role == "user") return index;
        }

        return messages.Count;
    }

    private static bool StartsTurn(GroqMessage message) => message.Role == "user";

    private static bool IsSystem(GroqMessage message) => message.Role is "system" or "developer";
}
