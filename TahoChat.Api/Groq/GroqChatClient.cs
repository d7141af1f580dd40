using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace TahoChat.Api.Groq;

/// <summary><see cref="GroqClient"/> as Microsoft.Extensions.AI knows chat clients. Text only: tools and attachments are
/// refused, not dropped. Failures are <see cref="GroqException"/>.</summary>
public sealed class GroqChatClient(GroqClient client, ModelCatalog catalog, GroqEndpoint endpoint) : IChatClient
{
    /// <inheritdoc/>
    /// <exception cref="GroqException">The completion failed.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var reply = await client.CompleteAsync(RequestOf(messages, options), cancellationToken);
        List<AIContent> contents = [new TextContent(reply.Text)];
        if (reply.Reasoning.Length > 0) contents.Insert(0, new TextReasoningContent(reply.Reasoning));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = reply.Completion.RequestId,
            ModelId = reply.Completion.Model,
            FinishReason = new ChatFinishReason(reply.Completion.FinishReason),
            Usage = UsageOf(reply.Completion),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="GroqException">The completion failed.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = RequestOf(messages, options);
        await foreach (var delta in client.StreamAsync(request, cancellationToken))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, ContentsOf(delta))
            {
                ResponseId = delta.Completion?.RequestId,
                ModelId = delta.Completion?.Model ?? request.Model,
                FinishReason = delta.Completion is { } completion ? new ChatFinishReason(completion.FinishReason) : null,
            };
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return new ChatClientMetadata("groq", endpoint.BaseUrl, catalog.Default.Model);
        return serviceType.IsInstanceOfType(this) ? this : serviceType == typeof(GroqClient) ? client : null;
    }

    /// <summary>Holds nothing: the HTTP connections are the factory's.</summary>
    public void Dispose()
    {
    }

    private GroqRequest RequestOf(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 }) throw new NotSupportedException("Tools are not supported.");
        var list = messages.Select(message => new GroqMessage(message.Role.Value, TextOf(message))).ToList();
        if (options?.Instructions is { Length: > 0 } instructions) list.Insert(0, new GroqMessage("system", instructions));
        return new GroqRequest(options?.ModelId ?? catalog.Default.Model, list, options?.MaxOutputTokens, EffortOf(options?.Reasoning), options?.Temperature);
    }

    private static string TextOf(ChatMessage message) =>
        message.Contents.FirstOrDefault(content => content is not (TextContent or TextReasoningContent or UsageContent)) is { } other
            ? throw new NotSupportedException($"{other.GetType().Name} is not supported.")
            : message.Text;

    private static string? EffortOf(ReasoningOptions? reasoning) => reasoning?.Effort switch
    {
        null => null,
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        _ => "high",
    };

    private static List<AIContent> ContentsOf(GroqDelta delta) => delta.Kind switch
    {
        GroqDeltaKind.Reasoning => [new TextReasoningContent(delta.Text)],
        GroqDeltaKind.Content => [new TextContent(delta.Text)],
        _ => delta.Completion is { } completion && UsageOf(completion) is { } usage ? [new UsageContent(usage)] : [],
    };

    private static UsageDetails? UsageOf(GroqCompletion completion) => completion.Usage is not { } usage ? null : new UsageDetails
    {
        InputTokenCount = usage.PromptTokens,
        OutputTokenCount = usage.CompletionTokens,
        TotalTokenCount = usage.TotalTokens,
        ReasoningTokenCount = usage.ReasoningTokens,
        CachedInputTokenCount = usage.CachedTokens,
    };
}
