using TahoChat.Api.Conversations;

namespace TahoChat.Api.Generations;

/// <summary>How a generation ended; exactly one per generation.</summary>
/// <param name="Status"><c>complete</c>, <c>stopped</c>, <c>interrupted</c> or <c>failed</c>.</param>
/// <param name="FinishReason">The provider's word, or <c>stopped</c>; null where it did not finish.</param>
/// <param name="Error">Why, where it was interrupted or failed.</param>
/// <param name="Receipt">What it took, as far as that is known.</param>
public sealed record GenerationEnd(MessageStatus Status, string? FinishReason, ChatError? Error, Receipt? Receipt)
{
    /// <summary>The owner's revision that the end was saved with.</summary>
    public long Revision { get; init; }

    /// <summary>The conversation was deleted under it, or is in the trash: there is nothing left to show.</summary>
    public bool Deleted { get; init; }
}

/// <summary>An error as clients see it. <paramref name="Code"/> is stable and listed in <c>docs/protocol.md</c>;
/// <paramref name="Message"/> is for people.</summary>
public sealed record ChatError(string Code, string Message, bool Retryable = false, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the same request may succeed later, of an error of which only the code was kept.</summary>
    public static bool MayPass(string code) => code is not ("provider_unauthorized" or "provider_forbidden" or "provider_rejected"
        or "context_too_long" or "model_not_found" or "reply_too_long");
}
