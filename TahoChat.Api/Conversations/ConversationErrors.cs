using System.Globalization;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Conversations;

/// <summary>The classic API's words.</summary>
internal static class ConversationErrors
{
    public const string Empty = "Message cannot be empty";

    public static string NotFoundText(long id) =>
        string.Create(CultureInfo.InvariantCulture, $"Conversation with ID {id} not found");

    public static ChatError NotFound(long id) => new("not_found", NotFoundText(id));
}
