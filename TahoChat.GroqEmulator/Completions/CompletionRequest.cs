namespace TahoChat.GroqEmulator.Completions;

/// <summary>A request that passed validation. <paramref name="Model"/> is as it was sent, directives included.</summary>
internal sealed record CompletionRequest(string Model, IReadOnlyList<RequestMessage> Messages)
{
    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public bool? IncludeReasoning { get; init; }

    /// <summary><c>parsed</c>, <c>raw</c>, <c>hidden</c>; never together with <see cref="IncludeReasoning"/>.</summary>
    public string? ReasoningFormat { get; init; }

    /// <summary><c>none</c>, <c>default</c>, <c>low</c>, <c>medium</c>, <c>high</c>; which of them depends on the model.</summary>
    public string? ReasoningEffort { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    public int? Seed { get; init; }

    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
    public string ResponseFormat { get; init; } = "text";
}

/// <summary>One message. Parts of text are joined by line ends, images only counted.</summary>
internal sealed record RequestMessage(string Role, string Text, int Images = 0);
