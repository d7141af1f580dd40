using System.Globalization;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Search.Sqlite;

/// <summary>Facts about a message as words of the index, so that a rare filter over a common word reads few rows. Each is one character
/// of the private planes, which no text's word has; a beginning of a word never meets it. Several facts may share one: what is
/// found is checked against the rows.</summary>
internal static class SearchFacets
{
    private const int Days = 0xF0000;
    private const int Months = 0xFC000;
    private const int Years = 0xFC800;
    private const int Roles = 0xFCA00;
    private const int Models = 0xFD000;
    private const int Owners = 0xFE000;
    private const int Conversations = 0x100000;

    /// <summary>How many characters a hash has.</summary>
    private const int Hashes = 4096;

    private const int ConversationHashes = 60_000;

    private static readonly DateOnly _first = new(1970, 1, 1);
    private static readonly DateOnly _last = new(2099, 12, 31);

    /// <summary>All facts about a message, or about a title where there is no role.</summary>
    public static IEnumerable<string> Of(string ownerId, long conversationId, MessageRole? role, string? model, DateTime createdAt)
    {
        var day = Clamp(DateOnly.FromDateTime(createdAt));
        yield return Day(day);
        yield return Month(day);
        yield return Year(day);
        yield return Conversation(conversationId);
        if (role is MessageRole.System) yield return Role(MessageRole.System);
        if (model is not null) yield return Model(model);
        if (ownerId != Owner.Local) yield return OwnerOf(ownerId);
    }

    public static string Conversation(long id) => Character(Conversations + (int)(id % ConversationHashes));

    public static string Role(MessageRole role) => Character(Roles + (int)role);

    public static string Model(string model) => Character(Models + Hash(model));

    public static string OwnerOf(string ownerId) => Character(Owners + Hash(ownerId));

    /// <summary>The years, months and days that cover a stretch of time: at most some two hundred, however long it is.</summary>
    /// <param name="from">The first moment, or null for the beginning of time.</param>
    /// <param name="until">The first moment after it, or null for its end.</param>
    public static List<string> Times(DateTime? from, DateTime? until)
    {
        var covering = new List<string>();
        var day = from is { } first ? Clamp(DateOnly.FromDateTime(first)) : _first;
        var end = until is { } beyond ? Clamp(DateOnly.FromDateTime(beyond)) : _last;
        while (day <= end)
        {
            if (day is { Month: 1, Day: 1 } && day.AddYears(1).AddDays(-1) <= end)
            {
                covering.Add(Year(day));
                day = day.AddYears(1);
            }
            else if (day.Day == 1 && day.AddMonths(1).AddDays(-1) <= end)
            {
                covering.Add(Month(day));
                day = day.AddMonths(1);
            }
            else
            {
                covering.Add(Day(day));
                day = day.AddDays(1);
            }
        }

        return covering;
    }

    private static DateOnly Clamp(DateOnly day) => day < _first ? _first : day > _last ? _last : day;

    private static string Day(DateOnly day) => Character(Days + day.DayNumber - _first.DayNumber);

    private static string Month(DateOnly day) => Character(Months + ((day.Year - _first.Year) * 12) + day.Month - 1);

    private static string Year(DateOnly day) => Character(Years + day.Year - _first.Year);

    private static string Character(int place) => char.ConvertFromUtf32(place);

    /// <summary>FNV-1a: the same in every process, as what is in the index has to be.</summary>
    private static int Hash(string text)
    {
        var hash = 2166136261;
        foreach (var character in text.ToLower(CultureInfo.InvariantCulture)) hash = (hash ^ character) * 16777619;
        return (int)(hash % Hashes);
    }
}
