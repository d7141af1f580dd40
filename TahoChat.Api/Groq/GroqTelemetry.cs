using System.Diagnostics;

namespace TahoChat.Api.Groq;

/// <summary>A span per completion, with OpenTelemetry's names for generative AI. Nothing of a message is in it.</summary>
internal static class GroqTelemetry
{
    /// <summary>The name to listen to.</summary>
    public const string SourceName = "TahoChat.Groq";

    private static readonly ActivitySource _source = new(SourceName);

    /// <summary>Begins the span; null where nobody listens.</summary>
    public static Activity? Start(GroqRequest request)
    {
        var activity = _source.StartActivity($"chat {request.Model}", ActivityKind.Client);
        activity?.SetTag("gen_ai.operation.name", "chat")
            .SetTag("gen_ai.provider.name", "groq")
            .SetTag("gen_ai.request.model", request.Model)
            .SetTag("gen_ai.request.max_tokens", request.MaxCompletionTokens);
        return activity;
    }

    /// <summary>Says how the completion ended.</summary>
    public static void Finish(Activity? activity, GroqCompletion completion) =>
        activity?.SetTag("gen_ai.response.model", completion.Model)
            .SetTag("gen_ai.response.id", completion.RequestId)
            .SetTag("gen_ai.response.finish_reasons", new[] { completion.FinishReason })
            .SetTag("gen_ai.usage.input_tokens", completion.Usage?.PromptTokens)
            .SetTag("gen_ai.usage.output_tokens", completion.Usage?.CompletionTokens);

    /// <summary>Says that it failed.</summary>
    public static void Fail(Activity? activity, GroqException failure) =>
        activity?.SetStatus(ActivityStatusCode.Error, failure.Code).SetTag("error.type", failure.Code);
}
