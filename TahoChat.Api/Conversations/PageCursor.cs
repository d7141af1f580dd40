using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Conversations;

/// <summary>A place in a list that is ordered by a time and an id, both downwards. What comes behind it is the same whatever
/// happens before it. Clients pass it on as they got it.</summary>
internal readonly record struct PageCursor(DateTime Time, long Id)
{
    /// <summary>Where an answer has the cursor of the page behind it; the last page has none.</summary>
    public const string Header = "X-Next-Cursor";

    /// <summary>What is wrong with a cursor, or null. An empty one, and none, is the list's beginning.</summary>
    public static ProblemHttpResult? Problem(string? text, out PageCursor? cursor)
    {
        cursor = string.IsNullOrEmpty(text) ? null : Parse(text);
        return string.IsNullOrEmpty(text) || cursor is not null
            ? null
            : Problems.Invalid($"cursor has to be empty, or the {Header} of the page before.");
    }

    /// <summary>The first <paramref name="limit"/> of the items, and where there are more, the cursor of the last in the answer's header.</summary>
    public static IReadOnlyList<T> Cut<T>(HttpContext http, IReadOnlyList<T> items, int limit, Func<T, PageCursor> cursorOf)
    {
        if (items.Count <= limit) return items;
        http.Response.Headers[Header] = cursorOf(items[limit - 1]).ToString();
        return [.. items.Take(limit)];
    }

    public override string ToString() =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Time.Ticks}.{Id}")));

    private static PageCursor? Parse(string text)
    {
        try
        {
            var parts = Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(text)).Split('.');
            return parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new PageCursor(new DateTime(ticks, DateTimeKind.Utc), id)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
