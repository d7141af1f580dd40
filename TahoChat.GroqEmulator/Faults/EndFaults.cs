using System.Text.Json;
using TahoChat.GroqEmulator.Wire;
using static TahoChat.GroqEmulator.Faults.FaultMoment;
using static TahoChat.GroqEmulator.Faults.MidStreamStrikes;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Ends that are odd: [DONE], finish_reason, usage.</summary>
internal static class EndFaults
{
    private const string Done = "data: [DONE]\n\n";

    public static IReadOnlyList<Fault> All { get; } =
    [
        Ends("no-done", "No [DONE] after the end", Harmless, struck => Finish(struck, Quoted(struck.FinishReason))),
        Ends("two-done", "[DONE] twice", Harmless, struck => Finish(struck, Quoted(struck.FinishReason)) + Done + Done),
        new Fault.MidStream(
            new("early-done", "[DONE] in the middle, and then the rest", Harmless),
            async (struck, cancellationToken) =>
            {
                await struck.RawAsync(Done, cancellationToken);
                await struck.GoOnAsync(cancellationToken);
            },
            WholeStrike.None),
        new Fault.MidStream(
            new("done-unfinished", "[DONE] in the middle, and nothing after it", AfterContent),
            (struck, cancellationToken) => struck.RawAsync(Done, cancellationToken)),
        Ends("finish-length", "finish_reason length after some tokens", Harmless, struck => Finish(struck, "\"length\"") + Done, rest: false),
        Ends("finish-filter", "finish_reason content_filter after some tokens", Harmless, struck => Finish(struck, "\"content_filter\"") + Done, rest: false),
        Ends("finish-unknown", "A finish_reason that nobody knows", Harmless, struck => Finish(struck, "\"tired\"") + Done),
        Ends("finish-null", "All of the reply and [DONE], but finish_reason stays null", AfterContent, struck => Finish(struck, "null") + Done),
        Ends("no-usage", "No usage anywhere", Harmless, struck => Chunk(struck.Model, "{}", Quoted(struck.FinishReason)) + Done),
        Ends("usage-x_groq", "The usage in x_groq only", Harmless, struck =>
            Chunk(struck.Model, "{}", Quoted(struck.FinishReason), $$""","x_groq":{"id":"req_odd","usage":{{Json(struck)}}}""") + Done),
        Ends("usage-thrice", "The usage in three places, the last one counts", Harmless, struck =>
            Finish(struck, Quoted(struck.FinishReason))
            + $$"""data: {"id":"chatcmpl-odd","choices":[],"usage":{{Json(struck)}}}""" + "\n\n" + Done),
    ];

    private static Fault.MidStream Ends(
        string name, string description, FaultMoment moment, Func<StrikeContext, string> end, bool rest = true) => new(
        new FaultDescription(name, description, moment),
        async (struck, cancellationToken) =>
        {
            if (rest) await struck.RestAsync(cancellationToken);
            await struck.RawAsync(end(struck), cancellationToken);
        },
        moment == Harmless ? WholeStrike.None : WholeStrike.Break);

    private static string Finish(StrikeContext struck, string reason) =>
        Chunk(struck.Model, "{}", reason, $$""","x_groq":{"id":"req_odd","usage":{{Json(struck)}}},"usage":{{Json(struck)}}""");

    private static string Quoted(string reason) => $"\"{reason}\"";

    private static string Json(StrikeContext struck) => JsonSerializer.Serialize(struck.Usage(), GroqJson.Options);
}
