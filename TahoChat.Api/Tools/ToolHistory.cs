using System.Text.Json;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Tools;

/// <summary>A reply with tool calls as the provider takes it: what was said before the calls, the calls, their results, what
/// was said then.</summary>
public static class ToolHistory
{
    private const string NoResult = "There is no result: the reply was broken off before.";

    /// <summary>The messages of a reply; none where nothing came of it.</summary>
    public static IEnumerable<GroqMessage> Of(string content, IReadOnlyList<ToolCall>? calls)
    {
        var said = 0;
        foreach (var round in (calls ?? []).GroupBy(call => Math.Clamp(call.Offset, 0, content.Length)).OrderBy(group => group.Key))
        {
            foreach (var message in Of(content[said..round.Key], [.. round])) yield return message;
            said = round.Key;
        }

        if (said < content.Length) yield return new GroqMessage("assistant", content[said..]);
    }

    /// <summary>The calls of a reply that grows no longer: none of them can be answered or come to an end any more.</summary>
    public static IReadOnlyList<ToolCall>? BrokenOff(IReadOnlyList<ToolCall>? calls) => calls is null ? null :
    [
        .. calls.Select(call => call.State is ToolCallState.Asking or ToolCallState.Running
            ? call with { State = ToolCallState.Failed, Result = NoResult }
            : call),
    ];

    private static IEnumerable<GroqMessage> Of(string said, ToolCall[] calls)
    {
        yield return new GroqMessage("assistant", said) { ToolCalls = [.. calls.Select(call => new GroqToolCall(call.Id, call.Name, Valid(call.Arguments)))] };
        foreach (var call in calls) yield return new GroqMessage("tool", call.Result ?? NoResult) { ToolCallId = call.Id };
    }

    /// <summary>Servers parse what a model once wrote, and some fail where it is no JSON.</summary>
    private static string Valid(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object ? arguments : "{}";
        }
        catch (JsonException)
        {
            return "{}";
        }
    }
}
