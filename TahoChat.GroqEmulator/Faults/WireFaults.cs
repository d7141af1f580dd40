using System.IO.Pipelines;
using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>The right events in the wrong pieces, or with other line ends.</summary>
internal static class WireFaults
{
    // No CR before a single LF: that would be one line end, and the event would not be over.
    private static readonly string[] _blankLines = ["\n\n", "\r\n\r\n", "\r\r", "\n\r\n", "\r\n\n", "\r\n\r"];

    public static IReadOnlyList<Fault> All { get; } =
    [
        Of("one-byte", "Every byte in a packet of its own", (http, _) => new OneByteStream(http)),
        Of("one-packet", "10,000 chunks at once", (http, _) => new OneSendStream(http), tokens: 10_000),
        Of("line-ends", "LF, CR LF and CR in turn", (http, random) =>
            new EventRewriter(http, text => text[..^2].Replace("\n", "\r\n", StringComparison.Ordinal) + _blankLines[random.Next(_blankLines.Length)])),
        Of("many-lines", "The data of each event in several lines", (http, _) =>
            new EventRewriter(http, text => text.Replace(",\"choices\":", ",\ndata: \"choices\":\ndata:", StringComparison.Ordinal))),
        Of("bom", "A byte order mark before the first event", (http, _) =>
        {
            var begun = false;
            return new EventRewriter(http, text =>
            {
                var marked = begun ? text : "\uFEFF" + text;
                begun = true;
                return marked;
            });
        }),
    ];

    private static Fault.Wire Of(string name, string description, Func<HttpContext, Random, Stream> open, int tokens = 0) =>
        new(new FaultDescription(name, description, Harmless), (http, random) => PipeWriter.Create(open(http, random)), tokens);
}
