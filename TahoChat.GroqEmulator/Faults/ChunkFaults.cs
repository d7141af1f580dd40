using System.Text;
using static TahoChat.GroqEmulator.Faults.FaultMoment;
using static TahoChat.GroqEmulator.Faults.MidStreamStrikes;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Chunks whose JSON or bytes are odd. The rest of the reply follows.</summary>
internal static class ChunkFaults
{
    private const int HugeChunk = 16 * 1024 * 1024;
    private const int Depth = 1000;
    private static readonly byte[] _noUtf8 = [0xC3, 0x28, 0xFF];

    public static IReadOnlyList<Fault> All { get; } =
    [
        Odd("bad-json", "An event whose data is no JSON", AfterContent, _ => "data: {\"choices\":[{\"delta\":oops}]}\n\n"),
        Odd("cut-chunk", "An event whose JSON ends in the middle", AfterContent, _ => "data: {\"choices\":[{\"index\":0,\"delta\":{\"con\n\n"),
        Odd("deep-json", "An event of a thousand brackets", AfterContent, _ => $"data: {{\"new\":{new string('[', Depth)}{new string(']', Depth)}}}\n\n"),
        Odd("empty-choices", "Chunks without a choice", Harmless, struck => $"data: {{\"id\":\"chatcmpl-odd\",\"model\":\"{struck.Model}\",\"choices\":[]}}\n\ndata: {{}}\n\n"),
        Odd("unknown-fields", "Fields that nobody knows", Harmless, struck =>
            Chunk(struck.Model, """{"content":"","new":{"a":[1,{"b":null}]},"weight":1e400}""", more: ",\"new\":[[[{}]]],\"error\":null")),
        Odd("wrong-types", "Numbers for texts, texts for lists", Harmless, _ =>
            "data: {\"id\":7,\"model\":[],\"choices\":\"none\",\"usage\":\"much\",\"x_groq\":3}\n\n"
            + "data: {\"choices\":[{\"index\":\"0\",\"delta\":{\"content\":12,\"reasoning\":{}},\"finish_reason\":false},4]}\n\n"),
        new Fault.MidStream(
            new("bad-utf8", "Content that is no UTF-8", Harmless),
            async (struck, cancellationToken) =>
            {
                var (before, after) = (Encoding.UTF8.GetBytes("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a"), "b\"}}]}\n\n"u8.ToArray());
                await struck.RawAsync((byte[])[.. before, .. _noUtf8, .. after], cancellationToken);
                await struck.GoOnAsync(cancellationToken);
            },
            WholeStrike.None),
        Odd("nul", "NUL bytes between and inside", Harmless, struck => Content(struck.Model, "n\0ul").Replace(",\"choices\"", ",\0\"choices\"", StringComparison.Ordinal)),
        Odd("lone-surrogates", "Half of a surrogate pair, escaped, and one in two halves", Harmless, struck =>
            Content(struck.Model, @"\ud83d") + Content(struck.Model, "x") + Content(struck.Model, @"\ud83c") + Content(struck.Model, @"\udf89")),
        Odd("huge-chunk", "A chunk of 16 MB", AfterContent, struck => Content(struck.Model, new string('x', HugeChunk))),
        new Fault.MidStream(new("endless-line", "A line without an end", AfterContent), EndlessLineAsync, WholeStrike.Silence),
    ];

    private static Fault.MidStream Odd(string name, string description, FaultMoment moment, Func<StrikeContext, string> events) => new(
        new FaultDescription(name, description, moment),
        async (struck, cancellationToken) =>
        {
            await struck.RawAsync(events(struck), cancellationToken);
            await struck.GoOnAsync(cancellationToken);
        },
        moment == Harmless ? WholeStrike.None : WholeStrike.Break);

    private static async Task EndlessLineAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        var piece = Encoding.UTF8.GetBytes(new string('x', 64 * 1024));
        await struck.RawAsync("data: ", cancellationToken);
        while (true) await struck.RawAsync(piece, cancellationToken);
    }
}
