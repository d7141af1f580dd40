using System.Text.Json;
using TahoChat.GroqEmulator.Tools;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Validates a completion's body by the rules of console.groq.com/docs/api-reference and /docs/openai.</summary>
internal static class RequestReader
{
    private const int MostStops = 4;

    private static readonly HashSet<string> _known =
    [
        "model", "messages", "stream", "stream_options", "max_completion_tokens", "max_tokens", "temperature", "top_p", "stop", "seed",
        "user", "n", "reasoning_effort", "include_reasoning", "reasoning_format", "tools", "tool_choice", "parallel_tool_calls",
        "response_format", "service_tier", "frequency_penalty", "presence_penalty", "metadata", "store",
    ];

    /// <exception cref="GroqErrorException">The body is no valid request.</exception>
    public static CompletionRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : throw new GroqErrorException("request body must be a JSON object");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half a surrogate pair, or bytes that are no UTF-8.
            throw new GroqErrorException("request body is not valid JSON");
        }
    }

    private static CompletionRequest Read(JsonElement root)
    {
        RefuseUnknown(root);
        var fields = new RequestFields(root);
        var model = fields.Word("model") ?? throw new GroqErrorException("'model' : property 'model' is missing", "model");
        var messages = fields.List("messages", int.MaxValue)
            ?? throw new GroqErrorException("'messages' : property 'messages' is missing", "messages");
        CheckUnused(fields);
        var stream = fields.Flag("stream") ?? false;
        var tools = ToolReader.Read(fields);
        var format = FormatReader.Read(fields);
        if (format.IsJson && tools.Count > 0) throw new GroqErrorException("json mode cannot be combined with tool/function calling");
        return new CompletionRequest(model, MessageReader.Read(messages))
        {
            Stream = stream,
            IncludeUsage = ReadIncludeUsage(fields, stream),
            MaxCompletionTokens = fields.Whole("max_completion_tokens", 1) ?? fields.Whole("max_tokens", 1),
            IncludeReasoning = fields.Flag("include_reasoning"),
            ReasoningFormat = ReadReasoningFormat(fields),
            ReasoningEffort = fields.Word("reasoning_effort", "none", "default", "low", "medium", "high"),
            Stop = ReadStop(fields),
            Seed = fields.Whole("seed"),
            Format = format,
            Tools = tools,
            ToolChoice = ToolReader.ReadChoice(fields, tools),
            ParallelToolCalls = fields.Flag("parallel_tool_calls") ?? true,
        };
    }

    private static void RefuseUnknown(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
        {
            var isOff = property.Name is "logprobs" or "top_logprobs" or "logit_bias"
                && property.Value.ValueKind is JsonValueKind.Null or JsonValueKind.False;
            if (!isOff && !_known.Contains(property.Name)) throw RequestFields.Unsupported(property.Name);
        }
    }

    /// <summary>Fields that change nothing here and still have to be right.</summary>
    private static void CheckUnused(RequestFields fields)
    {
        // More than one choice and each with its likelihoods is what Groq does not do: console.groq.com/docs/openai.
        if (fields.Whole("n", 1) > 1) throw RequestFields.Wrong("n", "number must be at most 1");
        fields.Number("temperature", 0, 2);
        fields.Number("top_p", 0, 1);
        fields.Number("frequency_penalty", -2, 2);
        fields.Number("presence_penalty", -2, 2);
        fields.Word("user");
        fields.Word("service_tier", "auto", "on_demand", "flex", "performance");
        fields.Flag("store");
        fields.Record("metadata");
    }

    private static bool ReadIncludeUsage(RequestFields fields, bool stream)
    {
        if (fields.Record("stream_options") is not { } options) return false;
        if (!stream) throw RequestFields.Wrong("stream_options", "only allowed when 'stream' is enabled");
        foreach (var property in options.EnumerateObject())
        {
            if (property.Name != "include_usage") throw RequestFields.Unsupported($"stream_options.{property.Name}");
        }

        return new RequestFields(options).Flag("include_usage") ?? false;
    }

    private static string? ReadReasoningFormat(RequestFields fields)
    {
        var format = fields.Word("reasoning_format", "parsed", "raw", "hidden");
        return format is not null && fields.Find("include_reasoning") is not null
            ? throw RequestFields.Wrong("reasoning_format", "cannot be used together with 'include_reasoning'")
            : format;
    }

    private static string[] ReadStop(RequestFields fields)
    {
        if (fields.Find("stop") is { ValueKind: JsonValueKind.String } one) return [one.GetString()!];
        if (fields.List("stop", MostStops) is not { } several) return [];
        return [.. several.EnumerateArray().Select(stop =>
            stop.ValueKind == JsonValueKind.String
                ? stop.GetString()!
                : throw RequestFields.Wrong("stop", "value must be a string or strings"))];
    }
}
