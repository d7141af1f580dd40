using System.Diagnostics;
using System.Text;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Groq;

/// <summary>What a completion was given and what it said, as OpenTelemetry's JSON schemas of messages have it, which Aspire's
/// dashboard shows as a conversation. Only where <see cref="ContentCapture"/> is on.</summary>
/// <remarks>
/// Bounded, because one export holds hundreds of spans: a part has at most <see cref="LongestPart"/> units of text, the rest is an
/// ellipsis; of the messages the newest are told, as many as fit into <see cref="Longest"/>, the last one in any case; tools lose
/// their schemas where those do not fit. Of a picture its type and size are told.
/// </remarks>
internal sealed class GroqContent
{
    /// <summary>The most units of text of a part.</summary>
    public const int LongestPart = 16 * 1024;

    /// <summary>The most units of an attribute, as JSON; a message that is alone in it may be longer.</summary>
    public const int Longest = 64 * 1024;

    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _text = new();
    private bool _cut;
    private bool _told;

    private GroqContent()
    {
    }

    /// <summary>Tells what the completion is given, and keeps what it says from then on.</summary>
    public static GroqContent Of(GroqRequest request, Activity span)
    {
        var content = new GroqContent();
        span.SetTag(Conventions.GenAi.Content.InputMessages, content.Input(request.Messages));
        if (request.Tools is { Count: > 0 } tools) span.SetTag(Conventions.GenAi.Content.ToolDefinitions, content.Definitions(tools));
        if (content._cut) span.SetTag(Conventions.TahoChat.ContentCut, true);
        return content;
    }

    /// <summary>A text as long as a part may be, not cut inside a character.</summary>
    public static string Bounded(string text)
    {
        if (text.Length <= LongestPart) return text;
        var end = char.IsHighSurrogate(text[LongestPart - 1]) ? LongestPart - 1 : LongestPart;
        return $"{text.AsSpan(0, end)}…";
    }

    /// <summary>A piece of the reply; kept as far as it is going to be told.</summary>
    public void Take(GroqDeltaKind kind, string text)
    {
        var target = kind == GroqDeltaKind.Reasoning ? _reasoning : _text;
        // One unit more than is told shows that there was more.
        var room = LongestPart + 1 - target.Length;
        if (room > 0) target.Append(text, 0, Math.Min(room, text.Length));
    }

    /// <summary>Tells what was said; once.</summary>
    public void Tell(Activity span, string? finishReason, IReadOnlyList<GroqToolCall>? toolCalls)
    {
        if (_told) return;
        _told = true;
        var message = GroqContentJson.Output(Cut(_reasoning.ToString()), Cut(_text.ToString()), toolCalls ?? [], finishReason, Cut);
        span.SetTag(Conventions.GenAi.Content.OutputMessages, $"[{message}]");
        if (_cut) span.SetTag(Conventions.TahoChat.ContentCut, true);
    }

    private string Input(IReadOnlyList<GroqMessage> messages)
    {
        var told = new List<string>();
        var length = 2;
        foreach (var message in messages.Reverse())
        {
            var json = GroqContentJson.Message(message, Cut);
            length += json.Length + 1;
            if (told.Count > 0 && length > Longest)
            {
                _cut = true;
                break;
            }

            told.Add(json);
        }

        told.Reverse();
        return $"[{string.Join(',', told)}]";
    }

    private string Definitions(IReadOnlyList<GroqTool> tools)
    {
        var whole = GroqContentJson.Definitions(tools, withSchemas: true);
        if (whole.Length <= Longest) return whole;
        _cut = true;
        return GroqContentJson.Definitions(tools, withSchemas: false);
    }

    private string Cut(string text)
    {
        if (text.Length <= LongestPart) return text;
        _cut = true;
        return Bounded(text);
    }
}
