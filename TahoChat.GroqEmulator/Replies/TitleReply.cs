namespace TahoChat.GroqEmulator.Replies;

/// <summary>A title of three to six words, made of the user's own.</summary>
internal static class TitleReply
{
    public static string Write(Prompt prompt)
    {
        var words = TopicFinder.Words(FirstUserLine(prompt.Text));
        var title = words.Count switch
        {
            0 when prompt.IsGreeting => "A friendly first hello",
            0 => "A short first chat",
            1 => $"All about {words[0]}",
            2 => $"{words[0]} {words[1]} explained",
            _ => string.Join(' ', words),
        };
        return char.ToUpperInvariant(title[0]) + title[1..];
    }

    /// <summary>Where the request shows the conversation as lines "User: …" and "Assistant: …", the first of the user.</summary>
    private static string FirstUserLine(string text)
    {
        const string Label = "User:";
        var line = text.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith(Label, StringComparison.OrdinalIgnoreCase));
        return line is null ? text : line.TrimStart()[Label.Length..];
    }
}
