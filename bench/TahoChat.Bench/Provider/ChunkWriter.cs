using System.Buffers.Text;
using System.Diagnostics;

namespace TahoChat.Bench.Provider;

/// <summary>Writes events of the size and shape of Groq's, each in an HTTP chunk of its own. A chunk's text is its number and the
/// moment at which it is written, so that who reads it can tell delay, loss and order: <c>"#17:8123456789 "</c>, in microseconds
/// of the system's monotonic clock, which all processes share.</summary>
internal static class ChunkWriter
{
    /// <summary>Room for any event.</summary>
    public const int Longest = 512;

    public static ReadOnlySpan<byte> Head =>
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\nx-request-id: req_bench\r\n\r\n"u8;

    /// <summary>The event that ends a reply, the usage, <c>[DONE]</c> and the end of the body.</summary>
    public static byte[] End { get; } =
    [
        .. Framed("""data: {"id":"chatcmpl-6f7c1b8e-1c1e-4a4e-9b1a-0d9d3c1f2a3b","object":"chat.completion.chunk","created":1786530113,"model":"openai/gpt-oss-120b","system_fingerprint":"fp_bench","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{"id":"req_bench","usage":{"queue_time":0.01,"prompt_tokens":20,"prompt_time":0.001,"completion_tokens":20,"completion_time":0.1,"total_tokens":40,"total_time":0.101}}}"""u8),
        .. Framed("data: [DONE]"u8),
        .. "0\r\n\r\n"u8,
    ];

    private static ReadOnlySpan<byte> Before =>
        """data: {"id":"chatcmpl-6f7c1b8e-1c1e-4a4e-9b1a-0d9d3c1f2a3b","object":"chat.completion.chunk","created":1786530113,"model":"openai/gpt-oss-120b","system_fingerprint":"fp_bench","choices":[{"index":0,"delta":{"content":"#"""u8;

    private static ReadOnlySpan<byte> After => """ "},"logprobs":null,"finish_reason":null}]}"""u8;

    /// <summary>Microseconds of the monotonic clock.</summary>
    public static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    /// <summary>Writes one chunk; returns its length in bytes.</summary>
    public static int Write(Span<byte> target, long number)
    {
        Span<byte> text = stackalloc byte[48];
        Utf8Formatter.TryFormat(number, text, out var length);
        text[length++] = (byte)':';
        Utf8Formatter.TryFormat(Now, text[length..], out var stamp);
        length += stamp;

        var size = Before.Length + length + After.Length + 2;
        Utf8Formatter.TryFormat(size, target, out var at, 'x');
        at += Put(target[at..], "\r\n"u8);
        at += Put(target[at..], Before);
        at += Put(target[at..], text[..length]);
        at += Put(target[at..], After);
        return at + Put(target[at..], "\n\n\r\n"u8);
    }

    private static int Put(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target);
        return bytes.Length;
    }

    private static byte[] Framed(ReadOnlySpan<byte> text)
    {
        var length = System.Text.Encoding.ASCII.GetBytes($"{text.Length + 2:x}\r\n");
        return [.. length, .. text, .. "\n\n\r\n"u8];
    }
}
