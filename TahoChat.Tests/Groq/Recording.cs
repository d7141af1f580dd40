using System.Text;
using System.Text.Json;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>Streams in the shape that Groq's recordings have.</summary>
internal static class Recording
{
    public const string Usage =
        """{"queue_time":0.016,"prompt_tokens":73,"prompt_time":0.0036,"completion_tokens":16,"completion_time":0.0161,"total_tokens":89,"total_time":0.0197,"completion_tokens_details":{"reasoning_tokens":14},"prompt_tokens_details":{"cached_tokens":8}}""";

    public static string Ending { get; } = string.Concat(
        $$$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1786530114,"model":"openai/gpt-oss-20b","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{"id":"req_1","usage":{{{Usage}}}},"usage":{{{Usage}}}}""",
        "\n\n",
        $$$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1786530114,"model":"openai/gpt-oss-20b","choices":[],"usage":{{{Usage}}},"service_tier":"on_demand"}""",
        "\n\ndata: [DONE]\n\n");

    /// <summary>What <see cref="Everything"/> says.</summary>
    public const string Reasoning = "The user says « grüß Gott ».";

    public const string Content = "Grüß Gott! <b>1 < 2</b> 日本語 👩‍👩‍👧 \"quoted\"\\ tab\t🎉 end";

    /// <summary>Reasoning and content with characters of one to four bytes, escapes, an escaped surrogate pair, LF and CR LF,
    /// comments, and the usage three times.</summary>
    public static string Everything { get; } = string.Concat(
        ": a comment\n\n",
        Event(Role),
        Event("""{"reasoning":"The user says « gr","channel":"analysis"}"""),
        Event("""{"reasoning":"üß Gott ».","channel":"analysis"}""", "\r\n"),
        ":\r\n: another\r\n\r\n",
        Event("""{"content":"Grüß Gott! "}"""),
        Event("""{"content":"\u003cb\u003e1 \u003c 2\u003c/b\u003e "}"""),
        Event("""{"content":"日本語 👩‍👩‍👧 "}""", "\r\n"),
        Event("""{"content":"\"quoted\"\\ tab\t"}"""),
        Event("""{"content":"\ud83c\udf89 end"}"""),
        Ending);

    public const string Role = """{"role":"assistant","content":""}""";

    public static string Event(string delta, string newLine = "\n") =>
        $$$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1786530113,"model":"openai/gpt-oss-20b","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{{{delta}}},"logprobs":null,"finish_reason":null}]}"""
        + newLine + newLine;

    public static string ContentEvent(string text) => Event($$"""{"content":{{JsonSerializer.Serialize(text)}}}""");

    public static string Text(IEnumerable<GroqDelta> deltas, GroqDeltaKind kind = GroqDeltaKind.Content) =>
        string.Concat(deltas.Where(delta => delta.Kind == kind).Select(delta => delta.Text));

    public static void AssertEverything(IReadOnlyList<GroqDelta> deltas)
    {
        Assert.Equal(Reasoning, Text(deltas, GroqDeltaKind.Reasoning));
        Assert.Equal(Content, Text(deltas));
        Assert.Equal(new GroqDelta(GroqDeltaKind.End, "", new GroqCompletion("stop", "openai/gpt-oss-20b", "req_1", ExpectedUsage)), deltas[^1]);
        Assert.Single(deltas, delta => delta.Kind == GroqDeltaKind.End);
    }

    public static GroqUsage ExpectedUsage { get; } = new(73, 16, 89, 14, 8, 0.016, 0.0036, 0.0161, 0.0197);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
