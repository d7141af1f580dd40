using System.Diagnostics;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Groq;

/// <summary>How completions are told of, with OpenTelemetry's names for generative AI.</summary>
internal sealed class GroqTelemetry(ContentCapture capture, GroqEndpoint endpoint, GroqMetrics metrics, TimeProvider time)
{
    /// <summary>The name to listen to.</summary>
    public const string SourceName = "TahoChat.Groq";

    private static readonly ActivitySource _source = new(SourceName, Health.HealthApi.Version);

    /// <summary>A completion begins; its span is the current one until the caller's method ends.</summary>
    public GroqCall Begin(GroqRequest request, bool stream)
    {
        var conversation = Activity.Current?.GetTagItem(Conventions.GenAi.ConversationId);
        var span = _source.StartActivity(ActivityKind.Client, tags: Known(request), name: $"chat {request.Model}");
        if (span is { IsAllDataRequested: true })
        {
            if (stream) span.SetTag(Conventions.GenAi.RequestStream, true);
            span.SetTag(Conventions.GenAi.ConversationId, conversation)
                .SetTag(Conventions.GenAi.RequestMaxTokens, request.MaxCompletionTokens)
                .SetTag(Conventions.GenAi.RequestTemperature, request.Temperature)
                .SetTag(Conventions.GenAi.RequestReasoningLevel, request.ReasoningEffort);
        }

        var content = capture.IsOn && span is { IsAllDataRequested: true } ? GroqContent.Of(request, span) : null;
        return new GroqCall(span, metrics.Begin(request.Model), stream, content, time);
    }

    /// <summary>What a sampler may decide by.</summary>
    private ActivityTagsCollection Known(GroqRequest request)
    {
        var tags = new ActivityTagsCollection
        {
            [Conventions.GenAi.OperationName] = Conventions.GenAi.Operations.Chat,
            [Conventions.GenAi.ProviderName] = Conventions.GenAi.Providers.Groq,
            [Conventions.GenAi.RequestModel] = request.Model,
        };
        if (endpoint.BaseUrl is { } server) (tags[Conventions.Server.Address], tags[Conventions.Server.Port]) = (server.Host, server.Port);
        return tags;
    }
}
