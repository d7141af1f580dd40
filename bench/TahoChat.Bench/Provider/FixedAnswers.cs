using System.Text;

namespace TahoChat.Bench.Provider;

/// <summary>What the provider says to anything that is no stream.</summary>
internal static class FixedAnswers
{
    public static byte[] Models { get; } = Json(
        """{"object":"list","data":[{"id":"openai/gpt-oss-120b","object":"model","created":1754408224,"owned_by":"OpenAI","active":true,"context_window":131072,"max_completion_tokens":65536},{"id":"openai/gpt-oss-20b","object":"model","created":1754407957,"owned_by":"OpenAI","active":true,"context_window":131072,"max_completion_tokens":65536}]}""");

    public static byte[] Title { get; } = Json(
        """{"id":"chatcmpl-bench","object":"chat.completion","created":1786530113,"model":"openai/gpt-oss-20b","choices":[{"index":0,"message":{"role":"assistant","content":"A benchmark"},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":3,"total_tokens":23}}""");

    public static byte[] Json(string text) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {text.Length}\r\n\r\n{text}");
}
