using System.Text;
using TahoChat.GroqEmulator.Images;
using TahoChat.GroqEmulator.Replies.Samples;
using TahoChat.GroqEmulator.Tools;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>Writes a reply in markdown: an answer to the wording, the samples it asks for, and where it comes from.</summary>
internal static class ReplyWriter
{
    public static string Write(Prompt prompt)
    {
        var phrases = Phrases.For(prompt.Text);
        var text = new StringBuilder(Opening(prompt, phrases));
        if (prompt.Turn > 1 && prompt.Previous is { } previous)
        {
            text.Append("\n\n").Append(phrases.Earlier(prompt.Turn, Prompt.Quote(previous)));
        }

        if (prompt.Results.Count > 0) return text.Append("\n\n> ").Append(phrases.Notice).ToString();
        var samples = SampleCatalog.For(prompt);
        foreach (var sample in samples) text.Append("\n\n").Append(sample);
        if (samples.Count == 0 && prompt.Turn == 1) text.Append("\n\n").Append(phrases.Offer);
        return text.Append("\n\n> ").Append(phrases.Notice).ToString();
    }

    private static string ToolResults(IReadOnlyList<ToolResult> results, Phrases phrases) =>
        string.Join("\n\n", results.Select(result => phrases.Result(result.Name) + "\n\n" + ResultBlock.Write(result.Text)));

    private static string Opening(Prompt prompt, Phrases phrases)
    {
        if (prompt.Results.Count > 0) return ToolResults(prompt.Results, phrases);
        if (prompt.Images.Count > 0) return phrases.Images(prompt.Images.Count) + "\n\n" + ImageList.Write(prompt.Images);
        if (prompt.Text.Length == 0) return phrases.Empty;
        if (prompt.IsGreeting) return phrases.Hello;
        if (prompt.IsThanks) return phrases.Welcome;
        if (Arithmetic.Answer(prompt.Text) is { } sum) return phrases.Sum(sum);
        return prompt.IsQuestion
            ? phrases.Question(Prompt.Quote(prompt.Text), Prompt.Quote(prompt.Topic))
            : phrases.Request(Prompt.Quote(prompt.Text), Prompt.Quote(prompt.Topic));
    }
}
