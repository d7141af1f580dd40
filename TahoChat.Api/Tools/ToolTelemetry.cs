using System.Diagnostics;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Tools;

/// <summary>The spans of tool calls: one for a run, one for the wait for a person's leave.</summary>
internal static class ToolTelemetry
{
    /// <summary>What a tool is called that there is not: its name is the model's own words.</summary>
    private const string Unknown = "unknown_tool";

    private static readonly ActivitySource _source = new("TahoChat.Tools", Health.HealthApi.Version);

    /// <summary>A tool runs; with null for one that does not exist.</summary>
    public static Activity? StartRun(ToolCall call, Tool? tool, ContentCapture capture)
    {
        var name = tool?.Name ?? Unknown;
        var conversation = Activity.Current?.GetTagItem(Conventions.GenAi.ConversationId);
        var span = _source.StartActivity($"{Conventions.GenAi.Operations.ExecuteTool} {name}");
        if (span is not { IsAllDataRequested: true }) return span;
        span.SetTag(Conventions.GenAi.OperationName, Conventions.GenAi.Operations.ExecuteTool)
            .SetTag(Conventions.GenAi.ToolName, name)
            .SetTag(Conventions.GenAi.ToolType, "function")
            .SetTag(Conventions.GenAi.ToolDescription, tool?.Description)
            .SetTag(Conventions.GenAi.ToolCallId, call.Id)
            .SetTag(Conventions.GenAi.ConversationId, conversation)
            .SetTag(Conventions.TahoChat.ToolServer, tool?.Server);
        if (capture.IsOn) span.SetTag(Conventions.GenAi.Content.ToolCallArguments, GroqContent.Bounded(call.Arguments));
        return span;
    }

    /// <summary>How it ended; <paramref name="error"/> is null where the tool gave a result.</summary>
    public static void Ran(this Activity? span, ToolCall done, string? error, ContentCapture capture)
    {
        if (span is null) return;
        if (error is not null) span.Fail(error);
        if (capture.IsOn && done.Result is { } result) span.SetTag(Conventions.GenAi.Content.ToolCallResult, GroqContent.Bounded(result));
    }

    /// <summary>A person is asked for leave.</summary>
    public static Activity? StartAsking(ToolCall call) =>
        _source.StartActivity($"ask {call.Name}")?.SetTag(Conventions.GenAi.ToolName, call.Name).SetTag(Conventions.GenAi.ToolCallId, call.Id);
}
