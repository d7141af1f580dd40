namespace TahoChat.Api.Conversations;

/// <summary>What people name and tell, as it is kept.</summary>
internal static class KeptText
{
    /// <summary>A NUL is seen by nobody, and ends a text for much that reads it.</summary>
    public static string WithoutNul(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    /// <summary>A title without NUL and blanks around it; null where nothing is left.</summary>
    public static string? Title(string? title) => title is null || WithoutNul(title).Trim() is not { Length: > 0 } kept ? null : kept;
}
