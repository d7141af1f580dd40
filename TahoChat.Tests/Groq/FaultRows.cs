namespace TahoChat.Tests.Groq;

/// <summary>The whole list: a row for each fault that the emulator has.</summary>
internal static class FaultRows
{
    private static readonly string _kept = ApiCalls.Count(12);
    private static readonly string _all = ApiCalls.Count(40);

    public static IReadOnlyDictionary<string, FaultRow> All { get; } =
        new[] { Statuses(), Answers(), Late(), Cuts(), Errors(), Ends(), Chunks() }.SelectMany(rows => rows).ToDictionary(row => row.Fault);

    private static IEnumerable<FaultRow> Statuses() =>
    [
        Never("400", "context_too_long"), Never("401", "provider_unauthorized"), Never("403", "provider_forbidden"),
        Never("404", "model_not_found") with { ServerPosts = 2 }, Never("decommissioned", "model_not_found") with { ServerPosts = 2 },
        Never("413", "context_too_long"), Never("422", "provider_rejected"), Never("424", "provider_rejected"), Never("499", "provider_rejected"),
        Failed("429", "provider_rate_limited", 1) with { RetryAfter = 32 },
        Failed("429-now", "provider_rate_limited") with { RetryAfter = 0 },
        Failed("429-soon", "provider_rate_limited") with { RetryAfter = 0.4, More = "retry_after=0.4" },
        Failed("429-hour", "provider_rate_limited", 1) with { RetryAfter = 3600 },
        Failed("429-garbage", "provider_rate_limited"), Failed("429-bare", "provider_rate_limited"),
        Failed("429-requests-day", "provider_daily_limit", 1) with { RetryAfter = 11412 },
        Failed("429-tokens-day", "provider_daily_limit", 1) with { RetryAfter = 11412 },
        Failed("498", "provider_overloaded"), Failed("500", "provider_error"), Failed("502", "provider_error"),
        Failed("503", "provider_overloaded"), Failed("504", "provider_error"),
    ];

    private static IEnumerable<FaultRow> Answers() =>
    [
        Never("echo-key", "provider_rejected"), Failed("empty-body", "provider_error"), Failed("huge-body", "provider_error"),
        Never("redirect", "provider_protocol"), Failed("json-error", "provider_error"), Failed("html", "provider_protocol", 1),
        new("json", FaultEnd.Complete, "stop", "In one piece."),
        Failed("reset-at-once", "provider_disconnected"), Failed("close-at-once", "provider_disconnected"),
        Failed("cut-head", "provider_disconnected"), Failed("no-http", "provider_protocol", 1),
    ];

    private static IEnumerable<FaultRow> Late() =>
    [
        Slow("mute"), Slow("silent"), Slow("comments"), Slow("late-35"),
        Whole("late-9") with { More = "wait=300" }, Whole("late-12") with { More = "wait=600" }, Whole("late-first") with { More = "wait=600" },
        Whole("stall-5") with { More = "wait=300" },
        Stalled("stall"), Stalled("stall-25"), Stalled("stall-comments"),
    ];

    private static IEnumerable<FaultRow> Cuts() => new[] { "cut", "reset", "cut-json", "cut-data", "cut-utf8", "cut-escape", "done-unfinished" }
        .Select(fault => Interrupted(fault, "provider_disconnected"));

    private static IEnumerable<FaultRow> Errors() =>
    [
        Interrupted("error", "provider_rejected") with { Retryable = false }, Interrupted("error-overloaded", "provider_overloaded"),
        Interrupted("data-error", "provider_overloaded"), Interrupted("x_groq.error", "provider_error"),
        Interrupted("error-then-more", "provider_overloaded"),
    ];

    private static IEnumerable<FaultRow> Ends() =>
    [
        Whole("no-done"), Whole("two-done"), Whole("early-done"), Whole("finish-unknown") with { Code = "tired" },
        Whole("finish-length") with { Code = "length", Text = _kept }, Whole("finish-filter") with { Code = "content_filter", Text = _kept },
        Interrupted("finish-null", "provider_disconnected") with { Text = _all },
        Whole("no-usage"), Whole("usage-x_groq"), Whole("usage-thrice"),
        Whole("empty") with { Text = "" }, Whole("only-reasoning") with { Text = "", More = "reasoning=9" }, Whole("flood"),
        Whole("markdown") with { Text = "<script>" },
        Interrupted("endless", "reply_too_long") with { Retryable = false, ServerOnly = true, Deadline = TimeSpan.FromSeconds(20) },
    ];

    private static IEnumerable<FaultRow> Chunks() =>
    [
        Interrupted("bad-json", "provider_protocol"), Interrupted("cut-chunk", "provider_protocol"), Interrupted("deep-json", "provider_protocol"),
        Interrupted("huge-chunk", "provider_protocol"), Interrupted("endless-line", "provider_protocol"),
        Whole("empty-choices"), Whole("unknown-fields"), Whole("wrong-types"),
        Odd("bad-utf8", "a\ufffd(\ufffdb"), Odd("nul", "nul"), Odd("lone-surrogates", "\ufffdx\ud83c\udf89"),
        Whole("one-byte") with { Deadline = TimeSpan.FromSeconds(5) }, Whole("line-ends"), Whole("many-lines"), Whole("bom"),
        Whole("one-packet") with { More = "reply=count:10000", Text = ApiCalls.Count(10_000), Deadline = TimeSpan.FromSeconds(5) },
    ];

    private static FaultRow Never(string fault, string code) => new(fault, FaultEnd.Failed, code, "") { Retryable = false };

    private static FaultRow Failed(string fault, string code, int posts = 3) => new(fault, FaultEnd.Failed, code, "", posts);

    private static FaultRow Slow(string fault) => Failed(fault, "provider_timeout", 1) with { Deadline = FaultRow.FirstText };

    private static FaultRow Stalled(string fault) => Interrupted(fault, "provider_timeout") with { Deadline = FaultRow.Gap };

    private static FaultRow Interrupted(string fault, string code) => new(fault, FaultEnd.Interrupted, code, _kept);

    private static FaultRow Whole(string fault) => new(fault, FaultEnd.Complete, "stop", _all);

    private static FaultRow Odd(string fault, string inserted) => Whole(fault) with { Text = _kept + inserted + _all[_kept.Length..] };
}
