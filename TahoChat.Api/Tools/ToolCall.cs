using System.Text.Json.Serialization;

namespace TahoChat.Api.Tools;

/// <summary>Where a tool call stands.</summary>
public enum ToolCallState
{
    /// <summary>Waits for the person's leave.</summary>
    Asking,

    Running,

    /// <summary>Its result is there.</summary>
    Done,

    /// <summary>It broke, took too long, or was none that could be run; the result says why.</summary>
    Failed,

    /// <summary>The person refused it, or nobody answered.</summary>
    Refused,
}

/// <summary>A tool that the model called while it wrote a reply. Kept with the message, and sent whenever it changes.</summary>
public sealed record ToolCall
{
    /// <summary>The provider's id, unique within the reply.</summary>
    public required string Id { get; init; }

    /// <summary>The tool's name as the model knows it.</summary>
    public required string Name { get; init; }

    /// <summary>The MCP server that runs it; null for a built-in tool.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Server { get; init; }

    /// <summary>What the model gave it, JSON as it came.</summary>
    public required string Arguments { get; init; }

    public required ToolCallState State { get; init; }

    /// <summary>What it said, as the model was given it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Result { get; init; }

    /// <summary>The length of the reply's content when it was called, in UTF-16 code units.</summary>
    public required int Offset { get; init; }

    /// <summary>How long it ran, in milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DurationMs { get; init; }
}
