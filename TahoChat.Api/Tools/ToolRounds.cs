using System.Diagnostics;
using System.Globalization;
using System.Text;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Tools;

/// <summary>The tool calls of one reply: what is offered, what was called, and what of it the model is given with the next
/// request.</summary>
internal sealed class ToolRounds
{
    private readonly ToolLoop _loop;
    private readonly Generation _generation;
    private readonly bool _mayAsk;
    private readonly HashSet<string> _ids;
    private readonly List<GroqMessage> _messages = [];
    private int _rounds;

    public ToolRounds(ToolLoop loop, Generation generation, bool mayAsk)
    {
        (_loop, _generation, _mayAsk) = (loop, generation, mayAsk);
        _ids = [.. generation.ToolCalls.Select(call => call.Id)];
    }

    /// <summary>The rounds so far: what the model said, what it called, and the results.</summary>
    public IReadOnlyList<GroqMessage> Messages => _messages;

    /// <summary>A model that was told that there are no more calls is not to make one.</summary>
    public string? Choice => IsOver ? "none" : null;

    private bool IsOver => _rounds > _loop.Limits.Rounds;

    /// <summary>The tools for the next request; empty where the model takes none.</summary>
    public async Task<IReadOnlyList<GroqTool>> OfferAsync(string model, CancellationToken cancellationToken)
    {
        if (!_loop.Knows(model)) return [];
        var settings = await _loop.Switches.ReadAsync(_generation.Ids.OwnerId, cancellationToken);
        return [.. _loop.Registry.Callable
            .Where(tool => settings.IsEnabled(tool.Name) && (_mayAsk || tool.Safe || settings.IsAlwaysAllowed(tool.Name)))
            .Take(ToolLimits.Offered)
            .Select(tool => new GroqTool(tool.Name, tool.Description, tool.Function.JsonSchema))];
    }

    /// <summary>Calls what the model asked for; false where it asked for nothing, and the reply is finished.</summary>
    /// <param name="completion">The end of a request.</param>
    /// <param name="said">What the model said in it.</param>
    /// <exception cref="OperationCanceledException">The reply was ended.</exception>
    public async Task<bool> RunAsync(GroqCompletion? completion, string said, CancellationToken cancellationToken)
    {
        if (completion is not { ToolCalls: { Count: > 0 } calls, FinishReason: not ("length" or "content_filter") } || IsOver) return false;
        _rounds++;
        var settings = await _loop.Switches.ReadAsync(_generation.Ids.OwnerId, cancellationToken);
        var offset = _generation.Length.Content;
        var made = calls.Select(call => new ToolCall
        {
            Id = Unique(call.Id),
            Name = call.Name,
            Server = _loop.Registry.Find(call.Name)?.Server,
            Arguments = Cut(call.Arguments),
            State = ToolCallState.Running,
            Offset = offset,
        }).ToList();
        var done = await Task.WhenAll(made.Select((call, place) => CallAsync(call, place, settings, cancellationToken)));
        _messages.AddRange(ToolHistory.Of(said, [.. done.Select(call => call with { Offset = said.Length })]));
        return true;
    }

    /// <summary>However it ends, the call says how.</summary>
    private async Task<ToolCall> CallAsync(
        ToolCall call, int place, IReadOnlyDictionary<string, ToolSetting> settings, CancellationToken cancellationToken)
    {
        Activity? span = null;
        try
        {
            var tool = _loop.Registry.Find(call.Name);
            var arguments = ToolRunner.Read(call.Arguments);
            if ((Problem(call, place, tool, settings) ?? (arguments is null ? ("invalid_arguments", "The arguments are not a JSON object.") : null)) is { } problem)
            {
                span = ToolTelemetry.StartRun(call, tool, _loop.Capture);
                return Ran(span, call, new ToolResult(problem.Text, problem.Code), null);
            }

            if (!tool!.Safe && !settings.IsAlwaysAllowed(tool.Name) && !await IsAllowedAsync(call, cancellationToken))
                return Measured(Append(call with { State = ToolCallState.Refused, Result = "The person did not allow this call. Do not try it again." }));

            Append(call);
            span = ToolTelemetry.StartRun(call, tool, _loop.Capture);
            var started = _loop.Time.GetTimestamp();
            var result = await _loop.Runner.RunAsync(tool, arguments!, cancellationToken);
            return Ran(span, call, result, (int)_loop.Time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            span?.SetTag(Conventions.TahoChat.Cancelled, true);
            Append(call with { State = ToolCallState.Failed, Result = "The reply was ended before." });
            throw;
        }
        finally
        {
            span?.Dispose();
        }
    }

    private ToolCall Ran(Activity? span, ToolCall call, ToolResult result, int? milliseconds)
    {
        var done = Append(call with
        {
            State = result.Failed ? ToolCallState.Failed : ToolCallState.Done,
            Result = result.Text,
            DurationMs = milliseconds,
        });
        span.Ran(done, result.Error, _loop.Capture);
        return Measured(done);
    }

    /// <summary>Why it cannot be run: for telemetry, and in words for the model.</summary>
    private (string Code, string Text)? Problem(ToolCall call, int place, Tool? tool, IReadOnlyDictionary<string, ToolSetting> settings)
    {
        if (IsOver) return ("too_many_rounds", $"No more tools may be called in this reply: {_loop.Limits.Rounds} rounds are the limit. Answer with what you have.");
        if (place >= ToolLimits.AtOnce) return ("too_many_calls", $"Too many calls at once: {ToolLimits.AtOnce} are the limit.");
        if (tool is null) return ("unknown_tool", $"There is no tool named {call.Name}.");
        if (!settings.IsEnabled(tool.Name)) return ("tool_disabled", $"The tool {call.Name} is switched off.");
        return Encoding.UTF8.GetByteCount(call.Arguments) >= ToolLimits.Arguments ? ("arguments_too_long", "The arguments are too long.") : null;
    }

    private async Task<bool> IsAllowedAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (!_mayAsk) return false;
        var asking = call with { State = ToolCallState.Asking };
        using var span = ToolTelemetry.StartAsking(asking);
        var question = _loop.Approvals.Open(_generation.Ids, asking);
        Append(asking);
        var allowed = await _loop.Approvals.WaitAsync(question, cancellationToken);
        span?.SetTag(Conventions.TahoChat.ToolDecision, allowed ? "allowed" : "refused");
        return allowed;
    }

    private ToolCall Measured(ToolCall done)
    {
        _loop.Metrics.ToolCalled(_loop.Registry.Find(done.Name), done.State, TimeSpan.FromMilliseconds(done.DurationMs ?? 0));
        return done;
    }

    private ToolCall Append(ToolCall call)
    {
        _generation.Append(new ToolCallStep(call));
        return call;
    }

    /// <summary>Some servers count their calls anew with each request.</summary>
    private string Unique(string id)
    {
        var unique = id.Length is > 0 and <= 128 ? id : "call";
        for (var next = 2; !_ids.Add(unique); next++) unique = string.Create(CultureInfo.InvariantCulture, $"{id[..Math.Min(id.Length, 128)]}_{next}");
        return unique;
    }

    private static string Cut(string arguments) =>
        arguments.Length <= ToolLimits.Arguments ? arguments : arguments[..ToolLimits.Arguments];
}
