using System.Collections.Concurrent;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Tools;

/// <summary>What replies need in order to call tools.</summary>
public sealed partial class ToolLoop(
    ToolRegistry registry, ToolSwitches switches, ToolApprovals approvals, ToolRunner runner, ModelCatalog models,
    ToolLimits limits, ContentCapture capture, ChatMetrics metrics, TimeProvider time, ILogger<ToolLoop> logger)
{
    private readonly ConcurrentDictionary<string, bool> _withoutTools = new();

    internal ToolRegistry Registry => registry;

    internal ToolSwitches Switches => switches;

    internal ToolApprovals Approvals => approvals;

    internal ToolRunner Runner => runner;

    internal ToolLimits Limits => limits;

    internal ContentCapture Capture => capture;

    internal ChatMetrics Metrics => metrics;

    internal TimeProvider Time => time;

    /// <summary>A reply begins; where <paramref name="mayAsk"/> is false nobody there could answer a call that asks.</summary>
    internal ToolRounds Begin(Generation generation, bool mayAsk) => new(this, generation, mayAsk);

    /// <summary>Whether the model may be offered tools: it is said to know them, or nothing is said of it.</summary>
    internal bool Knows(string model) =>
        !_withoutTools.ContainsKey(model)
        && models.Models.Named(model)?.Features?.Contains("tools") is not false;

    /// <summary>The provider refused a request because of its tools: this model is offered none again.</summary>
    internal void GiveUp(string model)
    {
        _withoutTools[model] = true;
        Log.Refused(logger, model);
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Warning, "The provider takes no tools for {Model}; it is asked without them until the server starts again")]
        public static partial void Refused(ILogger logger, string model);
    }
}
