using System.Globalization;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Export;

/// <summary>The words that a readable export puts between the messages.</summary>
internal static class Transcript
{
    /// <summary>Who speaks: a model by its name.</summary>
    public static string Speaker(Message message) => message.Role switch
    {
        MessageRole.User => "You",
        MessageRole.System => "System",
        _ => message.Model ?? "Assistant",
    };

    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How a reply ended where it did not simply finish; null where it did.</summary>
    public static string? End(Message message) => message switch
    {
        { Status: MessageStatus.Queued } => "This reply has not begun yet.",
        { Status: MessageStatus.Streaming } => "This reply is still growing: it is here as far as it was saved.",
        { Status: MessageStatus.Stopped } => "Stopped.",
        { Status: MessageStatus.Interrupted } => message.Error ?? "Broken off.",
        { Status: MessageStatus.Failed } => message.Error ?? "Failed.",
        { FinishReason: "length" } => "The reply was cut off: it reached its longest length.",
        _ => null,
    };

    public static string Describe(Attachment attachment) => attachment is { Width: { } width, Height: { } height }
        ? string.Create(CultureInfo.InvariantCulture, $"{attachment.Name} ({attachment.MediaType}, {width} × {height})")
        : $"{attachment.Name} ({attachment.MediaType})";
}
