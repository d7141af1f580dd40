using TahoChat.Api.Conversations;

namespace TahoChat.Api.Search;

/// <summary>What is looked for, and where.</summary>
/// <param name="OwnerId">Whose messages.</param>
/// <param name="Words">Not empty.</param>
/// <param name="Filter">What a message has to be.</param>
internal sealed record SearchQuestion(string OwnerId, SearchWords Words, SearchFilter Filter);

/// <summary>What a message, or its conversation, has to be; null where that does not matter.</summary>
/// <param name="From">The earliest time, UTC.</param>
/// <param name="Until">The first time that is too late, UTC.</param>
/// <param name="TagKey">A tag of the conversation, as <see cref="ConversationTag.KeyOf"/> has it.</param>
internal sealed record SearchFilter(
    MessageRole? Role = null,
    string? Model = null,
    DateTime? From = null,
    DateTime? Until = null,
    bool? Pinned = null,
    bool? Archived = null,
    string? TagKey = null)
{
    /// <summary>Whether only messages can be meant, and no title.</summary>
    public bool IsOfMessages => Role is not null || Model is not null;

    /// <summary>Whether it picks conversations, of which there may be few.</summary>
    public bool PicksConversations => Pinned is true || Archived is true || TagKey is not null;
}

/// <summary>A message, or where <paramref name="MessageId"/> is null a title, that the index has under the words.</summary>
internal sealed record SearchCandidate(
    long ConversationId,
    string Title,
    long? MessageId,
    MessageRole? Role,
    string? Model,
    DateTime CreatedAt,
    bool Pinned,
    bool Archived,
    string Text);

/// <summary>How far the index is.</summary>
/// <param name="Indexed">Messages and titles that it has.</param>
/// <param name="Waiting">Messages and titles that changed since, or that a rebuild has not reached.</param>
public sealed record SearchState(long Indexed, long Waiting);
