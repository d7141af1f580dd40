using System.Text;

namespace TahoChat.GroqEmulator.Replies.Samples;

/// <summary>A text long enough to scroll.</summary>
internal static class LongSample
{
    private const int SectionLength = 700;

    private static readonly string[] _headings =
        ["How it begins", "What can be seen", "What lies beneath", "Who was there before", "How it ends"];

    public static string Write(Prompt prompt)
    {
        var text = new StringBuilder($"# A long text for {Prompt.Quote(prompt.Topic)}");
        foreach (var (index, heading) in _headings.Index())
        {
            text.Append("\n\n## ").Append(index + 1).Append(". ").Append(heading).Append("\n\n");
            text.Append(Filler.Lengthen($"Part {index + 1} of {_headings.Length}.", SectionLength, first: index * 7).TrimEnd());
        }

        return text.ToString();
    }
}
