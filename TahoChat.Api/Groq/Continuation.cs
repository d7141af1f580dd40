using TahoChat.Api.Tools;

namespace TahoChat.Api.Groq;

/// <summary>How a model is asked to go on with a reply that was broken off. Groq documents that a last message of the
/// assistant's is a prefill for some models only; that the user asks for the rest works with every one.</summary>
public static class Continuation
{
    /// <summary>What the model is told.</summary>
    public const string Instruction =
        "Continue your reply exactly where it broke off, in the same language and format. Repeat nothing of it, and do not introduce it.";

    /// <summary>The messages that follow the question: what was kept of the reply, and what to do with it; none where nothing
    /// was kept.</summary>
    public static IReadOnlyList<GroqMessage> Of(string kept, IReadOnlyList<ToolCall>? calls = null) =>
        kept.Length == 0 && calls is not { Count: > 0 } ? [] : [.. ToolHistory.Of(kept, calls), new GroqMessage("user", Instruction)];
}
