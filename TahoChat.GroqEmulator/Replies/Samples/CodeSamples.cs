using System.Text.RegularExpressions;

namespace TahoChat.GroqEmulator.Replies.Samples;

/// <summary>Programs that count words, one in each language that the prompt names; three where it names none.</summary>
internal static partial class CodeSamples
{
    private static readonly (Func<Regex> Named, string Text)[] _languages =
    [
        (CSharp, InCSharp),
        (TypeScript, InTypeScript),
        (Python, InPython),
        (Rust, InRust),
        (Go, InGo),
        (Sql, InSql),
        (Bash, InBash),
        (Html, InHtml),
    ];

    public static string Write(Prompt prompt)
    {
        var named = _languages.Where(language => prompt.Mentions(language.Named())).ToList();
        var chosen = named.Count > 0 ? named : _languages.Take(3);
        return "Counting the words of a text:\n\n" + string.Join("\n\n", chosen.Select(language => language.Text));
    }

    private const string InCSharp =
        """"
        ```csharp
        // Counts words, whatever the script.
        static Dictionary<string, int> CountWords(string text) =>
            Regex.Matches(text, @"\p{L}+")
                .GroupBy(match => match.Value.ToLowerInvariant())
                .ToDictionary(group => group.Key, group => group.Count());

        foreach (var (word, count) in CountWords("Der See, der stille See"))
        {
            Console.WriteLine($"{word,-8} {count}");
        }
        ```
        """";

    private const string InTypeScript =
        """
        ```typescript
        export function countWords(text: string): Map<string, number> {
          const counts = new Map<string, number>();
          for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
            counts.set(word, (counts.get(word) ?? 0) + 1);
          }
          return counts;
        }

        console.log(countWords("Le lac, le lac tranquille"));
        ```
        """;

    private const string InPython =
        """"
        ```python
        from collections import Counter
        import re


        def count_words(text: str) -> Counter[str]:
            """Counts words, whatever the case."""
            return Counter(re.findall(r"\w+", text.lower()))


        for word, count in count_words("The lake, the quiet lake").most_common(2):
            print(f"{word:<8} {count}")
        ```
        """";

    private const string InRust =
        """
        ```rust
        use std::collections::HashMap;

        fn count_words(text: &str) -> HashMap<String, usize> {
            let mut counts = HashMap::new();
            for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
                *counts.entry(word.to_lowercase()).or_insert(0) += 1;
            }
            counts
        }
        ```
        """;

    private const string InGo =
        """
        ```go
        func CountWords(text string) map[string]int {
        	counts := make(map[string]int)
        	for _, word := range strings.Fields(strings.ToLower(text)) {
        		counts[strings.Trim(word, ".,;:!?")]++
        	}
        	return counts
        }
        ```
        """;

    private const string InSql =
        """
        ```sql
        select role, count(*) as messages, max(created_at) as latest
        from messages
        where conversation_id = 1
        group by role
        order by messages desc;
        ```
        """;

    private const string InBash =
        """
        ```bash
        # The ten most frequent words of a file.
        tr -cs '[:alpha:]' '\n' < text.txt | tr '[:upper:]' '[:lower:]' | sort | uniq -c | sort -rn | head -n 10
        ```
        """;

    private const string InHtml =
        """
        ```html
        <label for="text">Text</label>
        <textarea id="text" rows="4"></textarea>
        <output id="count">0 words</output>
        ```
        """;

    [GeneratedRegex(@"\bc#|\b(csharp|\.net|dotnet)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"\b(typescript|javascript|js|ts|react|node)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeScript();

    [GeneratedRegex(@"\bpython\b", RegexOptions.IgnoreCase)]
    private static partial Regex Python();

    [GeneratedRegex(@"\brust\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rust();

    [GeneratedRegex(@"\b(golang|in go)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Go();

    [GeneratedRegex(@"\bsql\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sql();

    [GeneratedRegex(@"\b(bash|shell)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Bash();

    [GeneratedRegex(@"\bhtml\b", RegexOptions.IgnoreCase)]
    private static partial Regex Html();
}
