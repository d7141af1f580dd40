using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Reads a <c>usage</c> object.</summary>
internal static class GroqUsageReader
{
    /// <summary>The usage, or null where the value is not an object.</summary>
    public static GroqUsage? Read(ref Utf8JsonReader reader)
    {
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartObject)) return null;
        var usage = new GroqUsage(0, 0, 0, 0, 0, null, null, null, null);
        while (LenientJson.NextProperty(ref reader)) usage = ReadProperty(ref reader, usage);
        return usage.TotalTokens > 0 ? usage : usage with { TotalTokens = Sum(usage.PromptTokens, usage.CompletionTokens) };
    }

    private static GroqUsage ReadProperty(ref Utf8JsonReader reader, GroqUsage usage)
    {
        if (LenientJson.Is(in reader, "prompt_tokens"u8)) return usage with { PromptTokens = LenientJson.Count(ref reader) ?? 0 };
        if (LenientJson.Is(in reader, "completion_tokens"u8)) return usage with { CompletionTokens = LenientJson.Count(ref reader) ?? 0 };
        if (LenientJson.Is(in reader, "total_tokens"u8)) return usage with { TotalTokens = LenientJson.Count(ref reader) ?? 0 };
        if (LenientJson.Is(in reader, "queue_time"u8)) return usage with { QueueTime = LenientJson.Number(ref reader) };
        if (LenientJson.Is(in reader, "prompt_time"u8)) return usage with { PromptTime = LenientJson.Number(ref reader) };
        if (LenientJson.Is(in reader, "completion_time"u8)) return usage with { CompletionTime = LenientJson.Number(ref reader) };
        if (LenientJson.Is(in reader, "total_time"u8)) return usage with { TotalTime = LenientJson.Number(ref reader) };
        if (LenientJson.Is(in reader, "completion_tokens_details"u8)) return usage with { ReasoningTokens = Detail(ref reader, "reasoning_tokens"u8) };
        if (LenientJson.Is(in reader, "prompt_tokens_details"u8)) return usage with { CachedTokens = Detail(ref reader, "cached_tokens"u8) };
        reader.Skip();
        return usage;
    }

    private static int Detail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        var count = 0;
        if (!LenientJson.Enter(ref reader, JsonTokenType.StartObject)) return count;
        while (LenientJson.NextProperty(ref reader))
        {
            if (LenientJson.Is(in reader, name)) count = LenientJson.Count(ref reader) ?? 0;
            else reader.Skip();
        }

        return count;
    }

    private static int Sum(int left, int right) => (int)Math.Min((long)left + right, int.MaxValue);
}
