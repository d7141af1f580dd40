using System.Text;
using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Streams that break off, and streams that stand still.</summary>
internal static class CutFaults
{
    // A character of four bytes, of which two are sent.
    private static readonly byte[] _insideCharacter = [.. Encoding.UTF8.GetBytes("""data: {"choices":[{"index":0,"delta":{"content":"lost """), 0xF0, 0x9F];

    public static IReadOnlyList<Fault> All { get; } =
    [
        Cut("cut", "The stream ends without finish_reason and [DONE]", ""),
        new Fault.MidStream(new("reset", "The connection is reset", AfterContent), MidStreamStrikes.ResetAsync),
        Cut("cut-json", "The stream ends inside an event's JSON", """data: {"choices":[{"index":0,"delta":{"content":"lost""" + "\""),
        Cut("cut-data", "The stream ends inside the word data:", "dat"),
        new Fault.MidStream(
            new("cut-utf8", "The stream ends inside a UTF-8 character", AfterContent),
            (struck, cancellationToken) => struck.RawAsync(_insideCharacter, cancellationToken)),
        Cut("cut-escape", "The stream ends inside an escape", """data: {"choices":[{"index":0,"delta":{"content":"lost \ud8"""),
        Stall("stall-5", "Silence of 5 s, then the rest", Harmless, 5),
        Stall("stall-25", "Silence of 25 s, then the rest", AfterContent, 25),
        new Fault.MidStream(
            new("stall", "Silence until the client goes", AfterContent),
            (struck, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, struck.Time, cancellationToken), WholeStrike.Silence),
        new Fault.MidStream(
            new("stall-comments", "Only comments until the client goes", AfterContent),
            (struck, cancellationToken) => LateFault.CommentsAsync(struck.Http, struck.Time, cancellationToken), WholeStrike.Silence),
    ];

    private static Fault.MidStream Cut(string name, string description, string lastWords) => new(
        new FaultDescription(name, description, AfterContent),
        (struck, cancellationToken) => struck.RawAsync(lastWords, cancellationToken));

    private static Fault.MidStream Stall(string name, string description, FaultMoment moment, int seconds) => new(
        new FaultDescription(name, description, moment),
        async (struck, cancellationToken) =>
        {
            await Task.Delay(struck.Wait ?? TimeSpan.FromSeconds(seconds), struck.Time, cancellationToken);
            await struck.GoOnAsync(cancellationToken);
        },
        WholeStrike.None);
}
