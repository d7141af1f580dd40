using System.Globalization;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Directives;

/// <summary>What one request wants from the emulator, beyond what Groq would do. <c>docs/emulator.md</c> explains
/// them.</summary>
internal sealed record RequestDirectives
{
    public static readonly RequestDirectives None = new();

    /// <summary><c>fault=NAME</c>, or the bare name.</summary>
    public Fault? Fault { get; init; }

    /// <summary><c>fails=N</c>: the fault strikes the first N posts of this body only.</summary>
    public int? Fails { get; init; }

    /// <summary><c>after=N</c>: tokens of content before a mid-stream fault.</summary>
    public int After { get; init; } = 12;

    /// <summary><c>wait=MS</c>: how long a fault that waits does, in place of its own time.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary><c>retry_after=X</c>: that header of a 429, as it is; <c>none</c> leaves it out.</summary>
    public string? RetryAfter { get; init; }

    /// <summary><c>speed=N</c>: tokens a second, 0 as fast as the client reads.</summary>
    public double? Speed { get; init; }

    /// <summary><c>first=MS</c>: milliseconds to the first event.</summary>
    public TimeSpan? First { get; init; }

    /// <summary><c>tokens=N</c>: exactly so many tokens of content.</summary>
    public int? Tokens { get; init; }

    /// <summary><c>reasoning=N</c>: exactly so many tokens of reasoning.</summary>
    public int? Reasoning { get; init; }

    /// <summary><c>echo="TEXT"</c>, <c>reply=count:N</c>, <c>reply=echo</c>: the content, byte for byte.</summary>
    public FixedReply? Reply { get; init; }

    /// <summary><c>tool=NAME</c>, each with an <c>args={…}</c> after it if it likes: what the reply calls, in this order.</summary>
    public IReadOnlyList<ToolDirective> Tools { get; init; } = [];

    /// <summary><c>rounds=N</c>: so many replies in a row call the tools, until one answers with what they brought.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary><c>before="TEXT"</c>: what the reply says before it calls a tool.</summary>
    public string Before { get; init; } = "";

    /// <summary>These and those of the text; the text's win.</summary>
    /// <exception cref="GroqErrorException">A directive is unknown or out of range: 400, with the known ones.</exception>
    public RequestDirectives With(string? text) =>
        text is null ? this : DirectiveLexer.Read(text).Aggregate(this, (directives, token) => directives.With(token));

    /// <summary>What holds for the conversation's title too, whose request repeats the user's message: the pace.</summary>
    public RequestDirectives ForTitle() => None with { Speed = Speed, First = First };

    private RequestDirectives With(DirectiveToken token) => token switch
    {
        (_, null) => this with { Fault = FaultCatalog.Find(token.Name) },
        ("fault", { } name) => this with { Fault = FaultCatalog.Find(name) },
        ("fails", _) => this with { Fails = Whole(token, 1_000) },
        ("after", _) => this with { After = Whole(token, 1_000_000) },
        ("wait", _) => this with { Wait = TimeSpan.FromMilliseconds(Number(token, 600_000)) },
        ("retry_after", { } value) when value.All(c => c is >= ' ' and < (char)127) => this with { RetryAfter = value },
        ("speed", _) => this with { Speed = Number(token, 1_000_000) },
        ("first", _) => this with { First = TimeSpan.FromMilliseconds(Number(token, 600_000)) },
        ("tokens", _) => this with { Tokens = Whole(token, 1_000_000) },
        ("reasoning", _) => this with { Reasoning = Whole(token, 1_000_000) },
        ("tool", { Length: > 0 } name) => this with { Tools = [.. Tools, new ToolDirective(name, null)] },
        ("args", { } value) when Tools.Count > 0 => this with { Tools = [.. Tools.SkipLast(1), Tools[^1] with { Arguments = value }] },
        ("rounds", _) => this with { Rounds = Whole(token, 1_000) },
        ("before", { } value) => this with { Before = value },
        ("echo", { } value) => this with { Reply = new FixedReply.Text(value) },
        ("reply", { } value) => this with { Reply = FixedReply.Parse(value) ?? throw Wrong(token) },
        _ => throw Wrong(token),
    };

    private static int Whole(DirectiveToken token, int most) =>
        int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most
            ? value
            : throw Wrong(token);

    private static double Number(DirectiveToken token, double most) =>
        double.TryParse(token.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= most
            ? value
            : throw Wrong(token);

    private static GroqErrorException Wrong(DirectiveToken token) =>
        new($"emulator: '{token.Name}={token.Value}' is no directive. There are: fault, fails, after, wait, retry_after, speed, first, "
            + "tokens, reasoning, echo, reply=count:N, reply=echo, tool, args (after a tool), rounds, before.");
}
