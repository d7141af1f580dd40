using System.Text.Json;
using TahoChat.GroqEmulator.Images;
using TahoChat.GroqEmulator.Tools;

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

    public ResponseFormat Format { get; init; } = ResponseFormat.Text;

    public IReadOnlyList<RequestTool> Tools { get; init; } = [];

    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;

    public bool ParallelToolCalls { get; init; } = true;
}

/// <summary>One message. Parts of text are joined by line ends.</summary>
internal sealed record RequestMessage(string Role, string Text)
{
    public IReadOnlyList<RequestImage> Images { get; init; } = [];

    /// <summary>What an assistant's message called: the names by the calls' ids.</summary>
    public IReadOnlyList<(string Id, string Name)> Calls { get; init; } = [];

    /// <summary>The call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }
}

/// <summary>What the reply has to look like.</summary>
/// <param name="Type"><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</param>
/// <param name="Schema">Of <c>json_schema</c>.</param>
internal sealed record ResponseFormat(string Type, JsonElement? Schema = null)
{
    public static readonly ResponseFormat Text = new("text");

    public bool IsJson => Type != "text";
}
