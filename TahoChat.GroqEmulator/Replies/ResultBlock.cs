namespace TahoChat.GroqEmulator.Replies;

/// <summary>Shows what a tool brought, word for word.</summary>
internal static class ResultBlock
{
    private const int LongestResult = 1_500;

    /// <summary>A block of code that no back-ticks inside can end.</summary>
    public static string Write(string result)
    {
        var text = result.Length <= LongestResult ? result : result[..(char.IsHighSurrogate(result[LongestResult - 1]) ? LongestResult - 1 : LongestResult)] + "…";
        var longest = text.Split('\n').Max(line => line.TakeWhile(c => c == '`').Count());
        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}text\n{text}\n{fence}";
    }
}
