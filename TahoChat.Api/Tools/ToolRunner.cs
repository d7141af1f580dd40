using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace TahoChat.Api.Tools;

/// <summary>What a call came to: a text for the model, which is a result, or says why there is none.</summary>
/// <param name="Text">At most 64 KiB.</param>
/// <param name="Error">The class of the failure, for telemetry; null where there is a result.</param>
public sealed record ToolResult(string Text, string? Error = null)
{
    public bool Failed => Error is not null;
}

/// <summary>Runs a tool within its bounds; whatever goes wrong is a result that says so.</summary>
public sealed partial class ToolRunner(ToolLimits limits, TimeProvider time, ILogger<ToolRunner> logger)
{
    private const string Cut = "\n[The rest was cut: a result has at most 64 KiB.]";

    /// <summary>The arguments as a function takes them; null where they are not a JSON object.</summary>
    public static AIFunctionArguments? Read(string arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments)) return [];
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments);
            return values is null ? null : new AIFunctionArguments(values.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="OperationCanceledException">The reply ended.</exception>
    public async Task<ToolResult> RunAsync(Tool tool, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(limits.Call, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A tool that does not listen to its token must not hold the reply.
            var result = await Task.Run(async () => await tool.Function.InvokeAsync(arguments, either.Token), either.Token).WaitAsync(either.Token);
            return new ToolResult(Bound(result?.ToString() ?? ""));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            return new ToolResult($"The tool took longer than {limits.Call.TotalSeconds:0} s.", "timeout");
        }
        catch (ToolException exception)
        {
            return new ToolResult(Bound(exception.Message), "tool_error");
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            return new ToolResult($"The arguments do not fit the tool: {Bound(exception.Message)}", "invalid_arguments");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Its message may quote the arguments.
            Log.Broke(logger, tool.Name, exception.GetType().Name, exception.StackTrace);
            return new ToolResult("The tool broke.", exception.GetType().FullName);
        }
    }

    private static string Bound(string text)
    {
        if (text.Length <= ToolLimits.Result / 3 || Encoding.UTF8.GetByteCount(text) <= ToolLimits.Result) return text;
        var room = ToolLimits.Result - Cut.Length;
        var bytes = Encoding.UTF8.GetBytes(text);
        while ((bytes[room] & 0xC0) == 0x80) room--;
        return Encoding.UTF8.GetString(bytes, 0, room) + Cut;
    }

    private static partial class Log
    {
        [LoggerMessage(401, LogLevel.Error, "Tool {Tool} broke with {Exception}: {Stack}")]
        public static partial void Broke(ILogger logger, string tool, string exception, string? stack);
    }
}
