using System.Security.Cryptography;
using System.Text;
using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Replies;
using TahoChat.GroqEmulator.Tools;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Decides what a completion says. The same messages get the same words.</summary>
internal sealed class CompletionPlanner(GroqEmulatorOptions options, PromptCache cache)
{
    /// <summary>What gpt-oss's own prompt adds to every request.</summary>
    private const int SystemTokens = 68;

    private const int MessageTokens = 4;
    private const int ImageTokens = 512;
    private const int CharactersPerToken = 4;

    public static int CountPrompt(CompletionRequest request) =>
        SystemTokens + request.Messages.Sum(CountMessage) + request.Tools.Sum(CountTool);

    public CompletionPlan Plan(CompletionRequest request, GroqModel model, RequestDirectives directives)
    {
        var continuation = Continuation.Of(request.Messages);
        var messages = continuation?.Messages ?? request.Messages;
        var hash = Hash(messages);
        var prompt = Prompt.From(messages);
        var tokens = new Tokenizer(options.ShortestToken, options.LongestToken, hash);
        var tools = ToolPlanner.Plan(request, prompt, directives);
        var callsOnly = tools != ToolPlan.None && (tools.Calls.Count > 0 || tools.Failure is not null);
        var content = callsOnly ? tokens.Split(directives.Before) : CutAtStop(Content(request, prompt, directives, tokens), request.Stop);
        content = continuation?.RestOf(content) ?? content;
        var (reasoning, shows) = Reasoning(request, model, prompt, directives, tokens);
        var most = request.MaxCompletionTokens ?? model.MaxCompletionTokens;
        var isCut = reasoning.Count + content.Count > most;
        reasoning = [.. reasoning.Take(most)];
        if (request.ReasoningFormat == "raw" && reasoning.Count > 0)
        {
            (content, reasoning) = (["<think>", .. reasoning, "</think>", "\n\n", .. content], []);
        }

        var failure = tools.Failure ?? (request.Format.IsJson ? JsonReply.Failure(string.Concat(content), isCut) : null);
        return new CompletionPlan(
            reasoning,
            [.. content.Take(most - reasoning.Count)],
            isCut ? "length" : tools.Calls.Count > 0 ? "tool_calls" : "stop",
            CountPrompt(request),
            request.Seed ?? hash,
            shows,
            model.IsGptOss() ? "analysis" : null)
        {
            ToolCalls = isCut ? [] : tools.Calls,
            Failure = failure,
            CachedTokens = cache.Take(model.Id, request.Messages),
        };
    }

    public static int CountMessage(RequestMessage message) =>
        MessageTokens + (message.Text.Length + CharactersPerToken - 1) / CharactersPerToken + message.Images.Count * ImageTokens;

    private static int CountTool(RequestTool tool) =>
        MessageTokens + (tool.Name.Length + (tool.Parameters?.GetRawText().Length ?? 0)) / CharactersPerToken;

    private static IReadOnlyList<string> Content(
        CompletionRequest request, Prompt prompt, RequestDirectives directives, Tokenizer tokens)
    {
        if (directives.Reply is FixedReply.Count { Last: var last })
        {
            return [.. Enumerable.Range(1, last).Select(number => $"{number} ")];
        }

        var text = directives.Reply switch
        {
            FixedReply.Text fixedText => fixedText.Content,
            FixedReply.Echo => prompt.Text,
            _ when prompt.AsksForTitle => TitleReply.Write(prompt),
            _ when request.Format.Schema is { } schema => JsonReply.Write(prompt, schema),
            _ when request.Format.IsJson => JsonReply.Write(prompt),
            _ => ReplyWriter.Write(prompt),
        };
        return directives.Tokens is { } wanted ? Exactly(wanted, text, tokens) : tokens.Split(text);
    }

    private static (IReadOnlyList<string> Tokens, bool Shows) Reasoning(
        CompletionRequest request, GroqModel model, Prompt prompt, RequestDirectives directives, Tokenizer tokens)
    {
        var wantsIt = model.IsGptOss() || (request.ReasoningFormat is not null && request.ReasoningEffort != "none");
        if (!wantsIt && directives.Reasoning is null) return ([], false);
        var shows = (request.IncludeReasoning ?? true) && request.ReasoningFormat is not "hidden";
        var text = ReasoningWriter.Write(prompt, request.ReasoningEffort);
        return (directives.Reasoning is { } count ? Exactly(count, text, tokens) : tokens.Split(text), shows);
    }

    private static IReadOnlyList<string> Exactly(int count, string text, Tokenizer tokens) =>
        [.. tokens.Split(Filler.Lengthen(text, count * (tokens.Longest + 1))).Take(count)];

    /// <summary>Up to the first of the stops, which is left out; it may begin in one token and end in another.</summary>
    private static IReadOnlyList<string> CutAtStop(IReadOnlyList<string> tokens, IReadOnlyList<string> stops)
    {
        if (stops.Count == 0) return tokens;
        var text = string.Concat(tokens);
        var ends = from stop in stops
                   where stop.Length > 0
                   let end = text.IndexOf(stop, StringComparison.Ordinal)
                   where end >= 0
                   select end;
        var left = ends.Append(text.Length).Min();
        var kept = new List<string>();
        foreach (var token in tokens)
        {
            if (left == 0) break;
            kept.Add(token.Length <= left ? token : token[..left]);
            left -= kept[^1].Length;
        }

        return kept;
    }

    private static int Hash(IReadOnlyList<RequestMessage> messages)
    {
        var text = string.Join('\0', messages.Select(message => $"{message.Role}\0{message.Text}"));
        return BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue;
    }
}
