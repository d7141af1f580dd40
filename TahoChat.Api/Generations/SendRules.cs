using TahoChat.Api.Conversations;

namespace TahoChat.Api.Generations;

/// <summary>What a send has to look like before anything is asked of the database.</summary>
internal static class SendRules
{
    private static readonly string[] _efforts = ["none", "default", "low", "medium", "high"];

    /// <summary>The first rule that the send breaks, or null.</summary>
    public static ChatError? Check(TurnRequest request) => request switch
    {
        SendRequest { Message: var text } when CheckText(text) is { } wrong => wrong,
        EditRequest { Message: var text } when CheckText(text) is { } wrong => wrong,
        { ClientMessageId.Length: 0 or > Limits.ClientMessageId } =>
            new ChatError("invalid_frame", "client_message_id has to have 1 to 64 characters."),
        { Model.Length: 0 or > 200 } => new ChatError("invalid_frame", "model has to have 1 to 200 characters."),
        { ReasoningEffort: { } effort } when !_efforts.Contains(effort) =>
            new ChatError("invalid_frame", "reasoning_effort has to be low, medium, high, none or default."),
        _ => null,
    };

    private static ChatError? CheckText(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return new ChatError("empty_message", ConversationErrors.Empty);
        return Limits.Size(text) > Limits.Message
            ? new ChatError("message_too_long", "The message is longer than 48 KiB. Please shorten it.")
            : null;
    }
}
