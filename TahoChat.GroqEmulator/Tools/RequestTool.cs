using System.Text.Json;

namespace TahoChat.GroqEmulator.Tools;

/// <summary>A function that the request offers.</summary>
/// <param name="Parameters">The JSON schema of its arguments; null where it has none.</param>
internal sealed record RequestTool(string Name, JsonElement? Parameters);

/// <summary>How free the model is to call.</summary>
internal enum ToolChoiceKind
{
    Auto,
    None,
    Required,
    Named,
}

/// <summary>The request's <c>tool_choice</c>; <paramref name="Name"/> where it names a function.</summary>
internal sealed record ToolChoice(ToolChoiceKind Kind, string? Name = null)
{
    public static readonly ToolChoice Auto = new(ToolChoiceKind.Auto);
}

/// <summary>What the reply to the last user message has called so far, and what came of it.</summary>
/// <param name="Name">The tool, or its call's id where no message of the request says which one that was.</param>
internal sealed record ToolResult(string Name, string Text);
