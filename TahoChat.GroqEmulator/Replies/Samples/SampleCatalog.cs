using System.Text.RegularExpressions;

namespace TahoChat.GroqEmulator.Replies.Samples;

/// <summary>Which words of a prompt bring which sample.</summary>
internal static partial class SampleCatalog
{
    private static readonly (Func<Regex> Words, Func<Prompt, string> Write, bool InEverything)[] _samples =
    [
        (Headings, TextSamples.Headings, true),
        (Code, CodeSamples.Write, true),
        (Table, TextSamples.Table, true),
        (List, TextSamples.Lists, true),
        (Maths, _ => FormalSamples.Maths, true),
        (Quote, _ => TextSamples.Quotation, true),
        (Diagram, _ => FormalSamples.Diagram, true),
        (Poem, TextSamples.Poem, false),
        (Long, LongSample.Write, false),
    ];

    public static IReadOnlyList<string> For(Prompt prompt)
    {
        var everything = prompt.Mentions(Everything());
        return [.. _samples
            .Where(sample => (everything && sample.InEverything) || prompt.Mentions(sample.Words()))
            .Select(sample => sample.Write(prompt))];
    }

    [GeneratedRegex(@"\b(everything|markdown|show (me )?all|all of (it|them)|formatting)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Everything();

    [GeneratedRegex(@"\b(headings?|headers|sections|outline|structure)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\b(code|snippets?|function|program|script|implement|class|algorithm|python|typescript|javascript|rust|golang|sql|bash|html|css)\b|\bc#", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"\b(tables?|compare|comparison|matrix|columns)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Table();

    [GeneratedRegex(@"\b(lists?|bullets?|tasks?|todo|to-do|checklist|steps|plan)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex List();

    [GeneratedRegex(@"\b(maths?|mathematics|latex|katex|formulas?|equations?|integral|theorem)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Maths();

    [GeneratedRegex(@"\b(quotes?|quotations?|blockquotes?|cite)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Quote();

    [GeneratedRegex(@"\b(diagrams?|mermaid|flow ?charts?|sequence)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Diagram();

    [GeneratedRegex(@"\b(poems?|poetry|haiku|verse|rhyme)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Poem();

    [GeneratedRegex(@"\b(long|essay|story|article|in detail|detailed)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Long();
}
