using TahoChat.Api.Conversations;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Generations;

/// <summary>What a send has to look like before anything is asked of the database.</summary>
internal static class SendRules
{
    /// <summary>The first rule that the send breaks, or null.</summary>
    public static ChatError? Check(TurnRequest request) => request switch
    {
        SendRequest send when CheckText(send.Message, send.AttachmentIds is { Count: > 0 }) is { } wrong => wrong,
        // Whether something is kept only the message that it edits can say.
        EditRequest edit when CheckText(edit.Message, edit.AttachmentIds is not { Count: 0 }) is { } wrong => wrong,
        { ClientMessageId.Length: 0 or > Limits.ClientMessageId } =>
            new ChatError("invalid_frame", "client_message_id has to have 1 to 64 characters."),
        SendRequest send when SettingsProblem(send.Settings) is { } wrong => new ChatError("invalid_frame", wrong),
        _ when ChoiceProblem(request.Model, request.ReasoningEffort) is { } wrong => new ChatError("invalid_frame", wrong),
        _ => null,
    };

    /// <summary>What is wrong with a choice of model and effort, or null. Whether there is such a model is no question here:
    /// one that is gone is replaced with a notice.</summary>
    public static string? ChoiceProblem(string? model, string? effort)
    {
        if (model is { Length: 0 or > 200 }) return "model has to have 1 to 200 characters.";
        return effort is null || ReasoningEfforts.All.Contains(effort)
            ? null
            : "reasoning_effort has to be low, medium, high, none or default.";
    }

    /// <summary>What is wrong with a conversation's settings, or null.</summary>
    public static string? SettingsProblem(ReplySettings settings) => settings switch
    {
        { SystemPrompt: { } prompt } when Limits.Size(prompt) > Limits.SystemPrompt => "system_prompt is longer than 12 KiB.",
        { Temperature: < 0 or > Limits.Temperature or double.NaN } => "temperature has to be 0 to 2.",
        { MaxCompletionTokens: < 1 or > Limits.CompletionTokens } => $"max_completion_tokens has to be 1 to {Limits.CompletionTokens}.",
        _ => null,
    };

    /// <summary>A message that has attachments needs no text.</summary>
    private static ChatError? CheckText(string text, bool mayBeEmpty)
    {
        if (!mayBeEmpty && string.IsNullOrWhiteSpace(text)) return new ChatError("empty_message", ConversationErrors.Empty);
        return Limits.Size(text) > Limits.Message
            ? new ChatError("message_too_long", "The message is longer than 48 KiB. Please shorten it.")
            : null;
    }
}
