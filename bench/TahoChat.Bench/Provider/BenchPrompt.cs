using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TahoChat.Bench.Provider;

/// <summary>What a message asks of the provider, written into it as <c>[bench rate=50 chunks=500]</c>.</summary>
/// <param name="Rate">Chunks a second; 0 is as fast as they are taken.</param>
/// <param name="Chunks">How many there are.</param>
internal readonly record struct BenchPrompt(int Rate, int Chunks)
{
    /// <summary>As a message; the last one in a request counts, which is the newest of its history.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[bench rate={Rate} chunks={Chunks}]");

    /// <summary>The last one in a body; a short reply where there is none.</summary>
    public static BenchPrompt Find(ReadOnlySpan<byte> body)
    {
        var at = body.LastIndexOf("[bench rate="u8);
        if (at < 0) return new BenchPrompt(0, 5);
        var rest = body[(at + "[bench rate=".Length)..];
        if (!Utf8Parser.TryParse(rest, out int rate, out var read)) throw Broken(rest);
        rest = rest[read..];
        if (!rest.StartsWith(" chunks="u8) || !Utf8Parser.TryParse(rest[" chunks=".Length..], out int chunks, out _)) throw Broken(rest);
        return new BenchPrompt(rate, chunks);
    }

    private static InvalidDataException Broken(ReadOnlySpan<byte> rest) =>
        new($"This is no prompt of the benchmark: {Encoding.UTF8.GetString(rest[..Math.Min(40, rest.Length)])}");
}
