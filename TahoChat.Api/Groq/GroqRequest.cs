using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>One message of a completion request. <paramref name="Role"/> is <c>system</c>, <c>user</c>, <c>assistant</c> or
/// <c>tool</c>.</summary>
public sealed record GroqMessage(string Role, string Content)
{
    /// <summary>Pictures that follow the text of a user's message, as data URLs.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>The tools that an assistant's message called.</summary>
    public IReadOnlyList<GroqToolCall>? ToolCalls { get; init; }

    /// <summary>Of a tool's message: the call whose result it is.</summary>
    public string? ToolCallId { get; init; }
}

/// <summary>A call of a tool; <paramref name="Arguments"/> is JSON as the model wrote it, which need not be valid.</summary>
public sealed record GroqToolCall(string Id, string Name, string Arguments);

/// <summary>A tool that the model may call; <paramref name="Parameters"/> is a JSON schema of an object.</summary>
public sealed record GroqTool(string Name, string Description, JsonElement Parameters);

/// <summary>A request for a completion. <paramref name="MaxCompletionTokens"/> counts reasoning and content together
/// and is charged against the tokens-per-minute limit up front.</summary>
public sealed record GroqRequest(
    string Model,
    IReadOnlyList<GroqMessage> Messages,
    int? MaxCompletionTokens = null,
    string? ReasoningEffort = null,
    double? Temperature = null)
{
    /// <summary>The tools that the model may call; null or empty: none.</summary>
    public IReadOnlyList<GroqTool>? Tools { get; init; }

    /// <summary><c>auto</c>, <c>none</c> or <c>required</c>; null: the provider's default, <c>auto</c>.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Told when the request leaves, each time that it does.</summary>
    public Action? OnSending { get; init; }

    /// <summary>Told before each wait for another attempt: why, as in <see cref="GroqException.Code"/>, and how long.</summary>
    public Action<string, TimeSpan>? OnWaiting { get; init; }
}
