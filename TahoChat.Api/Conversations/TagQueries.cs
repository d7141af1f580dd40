using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Conversations;

/// <summary>A tag that some conversation has.</summary>
/// <param name="Count">How many conversations of the list have it.</param>
/// <param name="Archived">How many archived ones have it.</param>
public sealed record TagResponse(string Name, int Count, int Archived);

/// <summary>What is asked and changed of tags.</summary>
internal static class TagQueries
{
    /// <summary>Names as they are kept: each once, without blanks around them.</summary>
    public static IReadOnlyList<string> Cleaned(IReadOnlyList<string>? names) =>
        [.. (names ?? []).Select(name => name.Trim()).DistinctBy(ConversationTag.KeyOf)];

    /// <summary>What is wrong with a conversation's tags, or null.</summary>
    public static string? Problem(IReadOnlyList<string>? names)
    {
        if (names is null) return null;
        if (names.Any(name => name?.Trim() is not { Length: >= 1 and <= Limits.TagName } clean || clean.Any(char.IsControl)))
            return $"tags have to have 1 to {Limits.TagName} characters each, on one line.";
        return Cleaned(names).Count > Limits.Tags ? $"tags can be {Limits.Tags} at most." : null;
    }

    /// <summary>Gives a conversation these tags in the place of those that it has; part of a write. False where it had them.</summary>
    public static bool SetTags(this ChatDbContext context, Conversation conversation, IReadOnlyList<string>? names)
    {
        var wanted = Cleaned(names);
        var had = context.ConversationTags.Where(tag => tag.ConversationId == conversation.Id).ToList();
        if (had.Select(tag => tag.Name).ToHashSet().SetEquals(wanted)) return false;
        context.ConversationTags.RemoveRange(had);
        context.SaveChanges();
        context.ConversationTags.AddRange(wanted.Select(name =>
            new ConversationTag { ConversationId = conversation.Id, Key = ConversationTag.KeyOf(name), Name = name }));
        return true;
    }

    /// <summary>Gives conversations their tags.</summary>
    public static async Task WithTagsAsync(
        this ChatDbContext context, IReadOnlyCollection<Conversation> conversations, CancellationToken cancellationToken)
    {
        if (conversations.Count == 0) return;
        var ids = conversations.Select(conversation => conversation.Id).ToList();
        var tags = (await context.ConversationTags
                .Where(tag => ids.Contains(tag.ConversationId))
                .OrderBy(tag => tag.Key)
                .ToListAsync(cancellationToken))
            .ToLookup(tag => tag.ConversationId, tag => tag.Name);
        foreach (var conversation in conversations) conversation.Tags = [.. tags[conversation.Id]];
    }

    /// <summary>An owner's tags by name; of several spellings the first one.</summary>
    public static Task<List<TagResponse>> TagsAsync(this ChatDbContext context, string ownerId, CancellationToken cancellationToken) =>
        context.ConversationTags
            .Join(context.Conversations.Of(ownerId), tag => tag.ConversationId, row => row.Id, (tag, row) => new { tag.Key, tag.Name, row.ArchivedAt })
            .GroupBy(tag => tag.Key)
            .OrderBy(tags => tags.Key)
            .Select(tags => new TagResponse(
                tags.Min(tag => tag.Name)!,
                tags.Count(tag => tag.ArchivedAt == null),
                tags.Count(tag => tag.ArchivedAt != null)))
            .ToListAsync(cancellationToken);
}
