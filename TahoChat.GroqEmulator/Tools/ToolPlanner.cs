using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Replies;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Tools;

/// <summary>What a reply calls. <paramref name="Failure"/> is why Groq refuses it, null where it does not.</summary>
internal sealed record ToolPlan(IReadOnlyList<WireToolCall> Calls, GroqError? Failure = null)
{
    public static readonly ToolPlan None = new([]);
}

/// <summary>Decides which tools a reply calls: those that a directive names, else one that the wording asks for.</summary>
internal static partial class ToolPlanner
{
    private const string NoArguments = "{}";

    public static ToolPlan Plan(CompletionRequest request, Prompt prompt, RequestDirectives directives)
    {
        if (request.ToolChoice.Kind == ToolChoiceKind.None || prompt.AsksForTitle) return ToolPlan.None;
        var wanted = Wanted(request, prompt, directives).ToList();
        if (!request.ParallelToolCalls) wanted = [.. wanted.Take(1)];
        foreach (var (name, arguments) in wanted)
        {
            var tool = request.Tools.FirstOrDefault(tool => tool.Name == name);
            if (ToolFailures.Find(name, arguments, tool) is { } failure) return new ToolPlan([], failure);
        }

        return new ToolPlan([.. wanted.Select(call => WireToolCall.Of(call.Name, call.Arguments))]);
    }

    private static IEnumerable<(string Name, string Arguments)> Wanted(CompletionRequest request, Prompt prompt, RequestDirectives directives)
    {
        if (directives.Tools.Count > 0)
        {
            return prompt.Rounds >= directives.Rounds
                ? []
                : directives.Tools.Select(wanted => (wanted.Name, wanted.Arguments ?? ArgumentsFor(request, wanted.Name, prompt)));
        }

        var choice = request.ToolChoice;
        var tool = choice.Kind == ToolChoiceKind.Named
            ? request.Tools.First(tool => tool.Name == choice.Name)
            : prompt.Rounds > 0 || directives.Reply is not null ? null : AskedFor(request.Tools, prompt);
        if (tool is null && choice.Kind == ToolChoiceKind.Required) tool = request.Tools[0];
        return tool is null ? [] : [(tool.Name, ArgumentsFor(request, tool.Name, prompt))];
    }

    /// <summary>The tool that the message names, or that knows the time or counts where it asks for that.</summary>
    private static RequestTool? AskedFor(IReadOnlyList<RequestTool> tools, Prompt prompt)
    {
        if (prompt.Mentions(Use()) && tools.FirstOrDefault(tool => Names(prompt.Text, tool.Name)) is { } named) return named;
        if (prompt.Mentions(TimeQuestion()) && tools.FirstOrDefault(tool => Clock().IsMatch(tool.Name)) is { } clock) return clock;
        return Arithmetic.Expression(prompt.Text) is null ? null : tools.FirstOrDefault(tool => Counter().IsMatch(tool.Name));
    }

    private static bool Names(string message, string tool) =>
        message.Contains(tool, StringComparison.OrdinalIgnoreCase)
        || message.Contains(tool.Replace('_', ' ').Replace('-', ' '), StringComparison.OrdinalIgnoreCase);

    private static string ArgumentsFor(CompletionRequest request, string name, Prompt prompt)
    {
        if (request.Tools.FirstOrDefault(tool => tool.Name == name)?.Parameters is not { } schema) return NoArguments;
        var quoted = Quoted().Match(prompt.Text) is { Success: true } match ? match.Groups["text"].Value : null;
        return new SchemaSample(schema, Text).Make() is JsonObject made ? made.ToJsonString(GroqJson.Options) : NoArguments;

        string Text(string property) => property.ToLowerInvariant() switch
        {
            "expression" or "formula" or "input" when Arithmetic.Expression(prompt.Text) is { } expression => expression,
            "timezone" or "time_zone" or "tz" or "zone" => "UTC",
            _ => quoted ?? prompt.Topic,
        };
    }

    [GeneratedRegex(@"\b(use|call|run|try|invoke)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Use();

    [GeneratedRegex(@"\b(what('s| is)?( the)?( current)? (time|date|day)|what time|current (time|date)|today's date|time is it)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex TimeQuestion();

    [GeneratedRegex("time|clock|date", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex("calc|math|evaluate", RegexOptions.IgnoreCase)]
    private static partial Regex Counter();

    [GeneratedRegex("""["“](?<text>[^"”]+)["”]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
